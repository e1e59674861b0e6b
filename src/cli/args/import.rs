//! What an import is told.

use clap::Args as ClapArgs;

use crate::domain::{DeckName, Direction, Kind};
use crate::import::{Column, Format, ScriptChoice};

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Example:\n  termdeck import words.csv --deck Spanish --dry-run\n\nA folder means every deck file in it; - is standard input;\nsample:NAME is one of the sample decks (`termdeck samples` lists them)."
)]
pub struct ImportArgs {
    /// Deck files or folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    /// The deck, in place of what the file or its name says
    #[arg(long, value_name = "NAME")]
    pub deck: Option<DeckName>,
    /// delimited, anki-text, apkg, article, markdown, html, json, xlsx, ods, tbx, tmx, cedict,
    /// kindle or supermemo (default: found out)
    #[arg(long, value_name = "F")]
    pub format: Option<Format>,
    /// The encoding, such as gb18030 (default: found out)
    #[arg(long, value_name = "E")]
    pub encoding: Option<String>,
    /// Only show what would be done
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Do it without asking
    #[arg(short, long)]
    pub yes: bool,
    /// Where both sides changed a field, take the file's text
    #[arg(long)]
    pub theirs: bool,
    /// Suspend notes that left the file
    #[arg(long)]
    pub prune: bool,
    /// Leave out the encoding, delimiter, columns and direction given for this source before
    #[arg(long)]
    pub no_profile: bool,
    /// Sides of new notes that are asked: forward, reverse or both
    #[arg(long, value_name = "D")]
    pub direction: Option<Direction>,
    /// Kinds that become notes: term, sentence, quotation
    #[arg(long, value_delimiter = ',', value_name = "KINDS")]
    pub kinds: Option<Vec<Kind>>,
    /// Script of an article: auto, simplified, traditional or as-is
    #[arg(long, default_value = "auto", value_name = "S")]
    pub script: ScriptChoice,
    /// What the columns hold: front,back,reading,note,example,source,tags,deck,id,-
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS")]
    pub columns: Option<Vec<Column>>,
    /// What separates columns; `\t` is a tab
    #[arg(long, value_name = "C", allow_hyphen_values = true)]
    pub delimiter: Option<String>,
    /// The first row is data, whatever it looks like
    #[arg(long)]
    pub no_header: bool,
}
