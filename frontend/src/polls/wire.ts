/** The wire shapes that votes are made of, under one roof. */

export type { BallotList, PollDraft, PollEntry, PollList, VoterChoice } from "../wire/api";
export type { Ballot, ItemCard, OptionView, PersonCard, PictureView, Poll } from "../wire/events";
