"""The fictional demo city: a recipe that draws `99.71 Kota Contoh` from one seed."""
