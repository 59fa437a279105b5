import { startTheme } from "../state/theme";

// The page is whole without this; only its colours follow the reader.
startTheme();
