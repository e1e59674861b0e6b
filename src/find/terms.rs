//! What can be said in a query, for people.

/// Something that can be said in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Queries that say it, parted by two blanks.
    pub examples: &'static str,
    /// What matches.
    pub about: &'static str,
}

const fn term(examples: &'static str, about: &'static str) -> Term {
    Term { examples, about }
}

/// Everything that can be said in a query; the help of the program is made of it.
pub const TERMS: &[Term] = &[
    term("law", "a part of front, back, reading or note; case and width do not matter"),
    term("\"public policy\"", "whole words, one after the other"),
    term("law -reform", "without what stands after the hyphen"),
    term("law or (policy city)", "one of both; without `or`, all of them"),
    term("deck:Chinese", "in this deck or one below it"),
    term("tag:city  tag:ch*", "with this tag or one below it; with any that begins so"),
    term(
        "front:law  back:law  reading:fa  note:law  example:law  source:paper",
        "a part of that field",
    ),
    term("kind:term  kind:sentence  kind:quotation", "what the note is"),
    term("card:forward  card:reverse  card:c1", "which side is asked, or which gap"),
    term("id:3f2a90c1", "how the id begins, of the note or of a card"),
    term(
        "is:new  is:due  is:review  is:suspended  is:buried  is:leech  is:drill",
        "the state of a card",
    ),
    term("due<=7  due=0", "days from today on which a card comes due; also < = >= >"),
    term("interval>21  ease<2  lapses>=4", "its interval in days, its ease, its lapses"),
    term("added:7", "added in the last 7 days"),
    term("rated:7  rated:7:again", "answered in the last 7 study days; with that grade"),
];

impl Term {
    /// Returns its examples one by one.
    pub fn queries(&self) -> impl Iterator<Item = &'static str> {
        self.examples.split("  ")
    }
}
