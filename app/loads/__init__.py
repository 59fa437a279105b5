"""Lists that officers load by pages: uploaded, tried, stored as a whole, and taken back."""
