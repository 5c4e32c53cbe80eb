// SPDX-License-Identifier: Apache-2.0
// The server says in English why it refuses; here are the reasons that people meet, in plain words of their
// language. Another one is shown as the server has it.
import { mark, t } from './i18n.svelte'

const reasons: [RegExp, string][] = [
  [/not an IANA time zone/, mark('This is not a time zone.')],
  [/must be a (?:whole )?number from (?<low>\S+) to (?<high>\S+)/, mark('Choose a number from {low} to {high}.')],
  [/^is missing$|must be a text that is not empty/, mark('Fill this in.')],
  [/there is none of that id/, mark('This does not exist any more. Choose another one.')],
  [/the region would be below itself/, mark('A region cannot stand inside itself.')],
  [/says its time zone/, mark('Say the time zone here, or at something above it.')],
  [/has no text in (?<language>\w+)(?:, for (?<place>.+))?$/, mark('The consent text has not been translated into this language yet: {language}.')],
  [/needs a notice with the purpose contact/, mark('First a consent text for contact is needed; whoever looks after the surveys can add it.')],
  [/must name a field when contact is enabled/, mark('Choose at least one thing to ask for.')],
  [/must be a colour/, mark('Write a colour like #4B2E83.')],
  [/must hold times like/, mark('Fill in both times of each line.')],
  [/must name at least one language/, mark('Choose at least one language.')],
  [/^is in use$/, mark('This short name is in use. Choose another one.')],
  [/something stands below it, or was answered there/, mark('It cannot be removed: something stands below it, or customers have answered there. Move or remove what stands below it first; what was answered stays.')],
  [/is at work, or its answers are here/, mark('It cannot be removed: this kiosk is at work, or its answers are here and would lose their place.')],
  [/is the last administrator/, mark('This is the last administrator. Make somebody else administrator first.')],
  [/has that e-mail address already/, mark('Somebody with this e-mail address is in the list already.')],
  [/is not an e-mail address/, mark('This is not an e-mail address.')],
  [/a branch manager has at least one/, mark('Choose at least one branch for a branch manager.')],
  [/names no role/, mark('Choose at least one role.')],
  [/the password needs at least 8/, mark('The password needs at least 8 characters.')],
  [/the password has more than 128/, mark('The password has more than 128 characters.')],
  [/everybody tries this password first/, mark('Everybody tries this password first. Choose another one: a few words make a good one.')],
  // of surveys
  [/names no score/, mark('No question counts as a score yet. Say at a scale what it counts as.')],
  [/names no question of the survey/, mark('A score or the reasons name a question that is not in the survey any more.')],
  [/names a question of a type that cannot feed it/, mark('A question of this kind cannot count as that.')],
  [/^at character (?<n>\d+): the expression ends where a value is expected/, mark('The condition breaks off: a value is missing at its end (character {n}).')],
  [/^at character (?<n>\d+): a value is expected, not "(?<what>.*)"/, mark('At character {n} a value is expected, not “{what}”.')],
  [/^at character (?<n>\d+): an operator is expected, not "(?<what>.*)"/, mark('At character {n} a comparison is expected, as = or <=, not “{what}”.')],
  [/^at character (?<n>\d+): this parenthesis is not closed/, mark('The parenthesis at character {n} is not closed.')],
  [/^at character (?<n>\d+): this brace is not closed/, mark('The brace at character {n} is not closed.')],
  [/^at character (?<n>\d+): this quote is not closed/, mark('The quote at character {n} is not closed.')],
  [/^at character (?<n>\d+): "(?<what>.*)" is not known: text stands/, mark('At character {n}: “{what}” is not known. Text stands in quotes, a question in braces.')],
  [/^at character (?<n>\d+): there is no question "(?<what>.*)"/, mark('At character {n}: there is no question “{what}”.')],
  [/somebody else has saved it meanwhile/, mark('Somebody else has changed this meanwhile.')],
  [/has an answer in braces inside a text/, mark('A text cannot hold an answer in braces.')],
  [/has the value of an earlier choice/, mark('An earlier choice has this value already.')],
  [/needs a value: a whole number, or a text/, mark('The choice needs a value.')],
  [/^"(?<what>.*)" is taken/, mark('The name “{what}” is in use already.')],
]

export function reasonInWords(reason: string): string {
  for (const [pattern, words] of reasons) {
    const found = pattern.exec(reason)
    if (found) return t(words, found.groups)
  }
  return reason
}
