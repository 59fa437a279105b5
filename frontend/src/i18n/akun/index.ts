import { dictionary } from "../index";
import { en } from "./en";
import { id } from "./id";

export const words = dictionary({ id, en });
