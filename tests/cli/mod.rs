//! The command line as a script meets it: shapes, exit statuses, messages.

mod ahead;
mod answers;
mod cards;
mod days;
mod decks;
mod deeds;
mod documents;
mod evaluate;
mod export;
mod fsrs;
mod growth;
mod history;
mod import;
mod leeches;
mod notes;
mod plain_home;

mod prompt;
mod refusals;
mod reimports;
mod review;
mod safety;
mod samples;
mod search;
mod settings;
mod simulate;
mod stats;
mod usage;
