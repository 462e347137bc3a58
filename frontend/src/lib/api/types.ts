/** What the API sends, under the names the app uses; made from the server's OpenAPI document. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Lang = 'sl' | 'en';
/** A code or a number, several codes, or a time (23:15), a date (2026-11-23) or free text. */
export type Answer = number | number[] | string;
export type Sex = 'female' | 'male' | 'other';
export type Answers = Record<string, Answer>;

export type Area = Schemas['Area'];
export type Codebook = Schemas['Codebook'];
export type Condition = Schemas['Condition'];
export type Contact = Schemas['Contact'];
export type Flag = Schemas['Flag'];
export type Group = Schemas['Group'];
export type Item = Schemas['Item'];
export type Option = Schemas['AnswerOption'];
export type Problem = Schemas['Problem'];
export type Provenance = Schemas['Provenance'];
export type Questionnaire = Schemas['Questionnaire'];
export type QuestionnaireSummary = Schemas['QuestionnaireSummary'];
export type Range = Schemas['Range'];
export type Result = Schemas['ScoreResult'];
export type Rules = Schemas['Rules'];
export type Service = Schemas['Service'];
export type ServiceList = Schemas['ServiceList'];
