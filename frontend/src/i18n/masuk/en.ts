import { inEnglish as n } from "../format";
import type { id } from "./id";

export const en: typeof id = {
  title: "Sign in",
  forOfficers: "This page is for officers. Residents send proposals without an account.",
  email: "E-mail",
  password: "Password",
  show: "Show",
  hide: "Hide",
  showPassword: "Show the password",
  signIn: "Sign in",
  signingIn: "Checking",
  forgotten: "Forgot your password?",
  forgottenTitle: "Ask for a new password",
  forgottenWhy: "Write the e-mail address of your account. A link to set a new password goes there.",
  askLink: "Ask for a link",
  askingLink: "Asking",
  linkAsked:
    "Your request is in. If that address has an account, the link goes there and works for two hours. Nothing came? The city's administrator can make a new link for you.",
  passwordSet: "Your password is set. Please sign in.",
  signedOut: "You have signed out.",
  offline: "No connection. Signing in needs the network.",

  invited: "Set your password",
  invitedWhy: "Your invitation works once. After the password is set, this link is over.",
  newPassword: "New password",
  newPasswordHint:
    "At least 12 characters, not your name or e-mail. A few random words are easy to remember.",
  count: (length) => `${n(length)} ${length === 1 ? "character" : "characters"}`,
  set: "Set the password",
  setting: "Saving",
  invitationOver: "This invitation has been used or is too old.",
  askAnew: "Ask the city's administrator for a new link. If your password has been set before, just sign in.",
  toSignIn: "To signing in",

  missingEmail: "Write your e-mail address.",
  wrongEmail: "This address is not complete, for example name@city.go.id.",
  missingPassword: "Write your password.",
  shortPassword: (length) => `Only ${n(length)} so far; at least 12 characters.`,
  wrong: "The e-mail address or the password is wrong. Check capital letters.",
  tooOften: (minutes) =>
    `Too many attempts. Try again in ${n(minutes)} ${minutes === 1 ? "minute" : "minutes"}.`,
  busy: "The server is busy. Try again in a moment.",
  noNetwork: "No connection. What you wrote is still here; try again when the network is back.",
  noAnswer: "The server has not answered. What you wrote is still here; try again.",

  signedInAs: (name) => `You are signed in as ${name}`,
  toWork: "Open my work",
  noRoles: "No role holds today. Ask the city's administrator.",
  signOut: "Sign out",
  whoFailed: "It is not known yet whether you are signed in.",
};
