//! Options of decks: their names, where their values come from, what a change does.

use crate::domain::deck::Limit;
use crate::domain::{Day, DeckName, DeckOptions, Fitted, Parameters, State};
use crate::error::Error;
use crate::sched::fsrs::RETENTION;
use crate::store::Card;

use super::decks::Decks;
use super::turn::{Step, turning};
use super::{App, Result};

/// Where the value of an option comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The deck sets it.
    Own,
    /// A deck above sets it.
    Above(DeckName),
    /// The configuration sets it, or its default holds.
    Config,
}

/// One option of a deck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionLine {
    /// Its name, as `decks set` takes it.
    pub name: &'static str,
    /// The value that holds, as `decks set` takes it.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// All options of a deck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeckSheet {
    /// Its full name.
    pub name: DeckName,
    /// The options that do something.
    pub options: Vec<OptionLine>,
}

/// What other options would do to the cards of a deck and those below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Turning {
    /// Cards that are added as new.
    pub added: usize,
    /// Cards that are suspended.
    pub suspended: usize,
    /// Cards that come back.
    pub lifted: usize,
    /// Cards that come due on another day.
    pub moved: usize,
    /// Those of them that are due today, and were not.
    pub due: usize,
}

/// The options that do something, in the order they are listed.
const NAMES: [&str; 13] = [
    "new_per_day",
    "reviews_per_day",
    "direction",
    "order",
    "mix",
    "fuzz",
    "balance",
    "grades",
    "drill",
    "leech",
    "rules",
    "scheduler",
    "desired_retention",
];

/// Returns the value that `options` set themselves, as text.
fn own(options: &DeckOptions, name: &str) -> Option<String> {
    match name {
        "new_per_day" => options.new_per_day.map(|limit| limit.to_string()),
        "reviews_per_day" => options.reviews_per_day.map(|limit| limit.to_string()),
        "direction" => options.direction.map(|direction| direction.name().to_owned()),
        "order" => options.order.map(|order| order.name().to_owned()),
        "mix" => options.mix.map(|mix| mix.name().to_owned()),
        "fuzz" => options.fuzz.map(|is_on| is_on.to_string()),
        "balance" => options.balance.map(|is_on| is_on.to_string()),
        "grades" => options.grades.map(|scale| scale.name().to_owned()),
        "drill" => options.drill.map(|drill| drill.name().to_owned()),
        "leech" => options.leech.map(|leech| leech.name().to_owned()),
        "rules" => options.rules.map(|rules| rules.name().to_owned()),
        "scheduler" => options.scheduler.map(|scheduler| scheduler.name().to_owned()),
        "desired_retention" => options.desired_retention.map(|share| share.to_string()),
        _ => None,
    }
}

/// Returns the value that holds where nobody sets one, as text.
fn default(defaults: &DeckOptions, name: &str) -> String {
    let settings = defaults.settings();
    let all = DeckOptions {
        new_per_day: Some(settings.new_per_day),
        reviews_per_day: Some(settings.reviews_per_day),
        direction: settings.direction,
        rules: Some(settings.rules),
        scheduler: Some(settings.scheduler),
        desired_retention: Some(settings.desired_retention),
        order: Some(settings.order),
        mix: Some(settings.mix),
        fuzz: Some(settings.fuzz),
        balance: Some(settings.balance),
        drill: Some(settings.drill),
        grades: Some(settings.grades),
        leech: Some(settings.leech),
        ..DeckOptions::default()
    };
    own(&all, name).unwrap_or_default()
}

impl App {
    /// Returns the options of every deck, and where each comes from.
    ///
    /// # Errors
    /// The store.
    pub fn deck_sheets(&self) -> Result<Vec<DeckSheet>> {
        let decks = self.store.all_decks()?;
        let options_of = |name: &DeckName| {
            decks.iter().find(|deck| deck.name == *name).map(|deck| &deck.options)
        };
        let line = |deck: &DeckName, name: &'static str| {
            let mut at = Some(deck.clone());
            while let Some(above) = at {
                if let Some(value) = options_of(&above).and_then(|options| own(options, name)) {
                    let origin = if above == *deck { Origin::Own } else { Origin::Above(above) };
                    return OptionLine { name, value, origin };
                }
                at = above.parent();
            }
            let value = default(&self.config.deck, name);
            OptionLine { name, value, origin: Origin::Config }
        };
        let sheet = |name: &DeckName| DeckSheet {
            name: name.clone(),
            options: NAMES.iter().map(|option| line(name, option)).collect(),
        };
        Ok(decks.iter().filter(|deck| !deck.hidden).map(|deck| sheet(&deck.name)).collect())
    }

    /// Returns what setting options of a deck would do to its cards: another direction
    /// adds or suspends some, another engine plans them anew.
    ///
    /// # Errors
    /// A deck, an option or a value that does not exist.
    pub fn turning(&self, name: &str, changes: &[(String, String)], today: Day) -> Result<Turning> {
        self.store.view(|store| {
            let mut list = store.all_decks()?;
            let before = Decks::of(list.clone(), &self.config.deck);
            let name = before.find(name)?;
            if let Some(deck) = list.iter_mut().find(|deck| deck.name == name) {
                set_options(&mut deck.options, changes)?;
            }
            let after = Decks::of(list, &self.config.deck);
            let mut turning_of = moving(&after.replanned(store, &before)?, today);
            for step in turning(store, &name, &before, &after)? {
                match step {
                    Step::Add(..) => turning_of.added += 1,
                    Step::Suspend(_) => turning_of.suspended += 1,
                    Step::Lift(_) => turning_of.lifted += 1,
                }
            }
            Ok(turning_of)
        })
    }
}

/// Counts the cards in use that come due on another day.
pub(super) fn moving(replanned: &[(Card, State)], today: Day) -> Turning {
    let is_due = |state: &State| state.due.is_some_and(|due| due <= today);
    let mut turning = Turning::default();
    for (card, after) in replanned {
        let is_used = !card.gone && card.state.suspended.is_none();
        if is_used && after.due != card.state.due {
            turning.moved += 1;
            turning.due += usize::from(is_due(after) && !is_due(&card.state));
        }
    }
    turning
}

/// Sets options from `(name, value)` pairs; an empty value takes the deck's own away.
pub(super) fn set_options(options: &mut DeckOptions, changes: &[(String, String)]) -> Result<()> {
    changes
        .iter()
        .try_for_each(|(key, value)| set_option(options, key, value).map_err(Error::Invalid))
}

fn set_option(options: &mut DeckOptions, key: &str, value: &str) -> Result<(), String> {
    fn parsed<T: std::str::FromStr<Err = String>>(value: &str) -> Result<Option<T>, String> {
        if value.is_empty() { Ok(None) } else { value.parse().map(Some) }
    }
    fn share(value: &str) -> Result<Option<f64>, String> {
        let (low, high) = RETENTION;
        let share = value.parse::<f64>().ok().filter(|share| (low..=high).contains(share));
        match share {
            None if !value.is_empty() => {
                Err(format!("`{value}` is no share to remember ({low:.2} to {high:.2})"))
            }
            share => Ok(share),
        }
    }
    fn switch(value: &str) -> Result<Option<bool>, String> {
        match value {
            "" => Ok(None),
            "true" | "on" => Ok(Some(true)),
            "false" | "off" => Ok(Some(false)),
            _ => Err(format!("`{value}` is none of: true, false")),
        }
    }
    match key {
        "new_per_day" => options.new_per_day = parsed::<Limit>(value)?,
        "reviews_per_day" => options.reviews_per_day = parsed::<Limit>(value)?,
        "direction" => options.direction = parsed(value)?,
        "rules" => options.rules = parsed(value)?,
        "order" => options.order = parsed(value)?,
        "mix" => options.mix = parsed(value)?,
        "fuzz" => options.fuzz = switch(value)?,
        "balance" => options.balance = switch(value)?,
        "drill" => options.drill = parsed(value)?,
        "leech" => options.leech = parsed(value)?,
        "grades" => {
            options.grades = match value {
                "" => None,
                "four" => Some(crate::domain::Scale::Four),
                "six" => Some(crate::domain::Scale::Six),
                _ => return Err(format!("`{value}` is none of: four, six")),
            };
        }
        "scheduler" => options.scheduler = parsed(value)?,
        "desired_retention" => options.desired_retention = share(value)?,
        "parameters" => options.parameters = parsed::<Parameters>(value)?.map(Fitted::from),
        other => {
            return Err(format!(
                "there is no option `{other}` (new_per_day, reviews_per_day, direction, \
                 scheduler, desired_retention, parameters, rules, order, mix, fuzz, balance, drill, \
                 grades, leech)"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{ImportOptions, Input};
    use crate::config::Config;
    use crate::domain::{Direction, Now};

    const NOW: Now = Now { at_ms: 1_795_392_000_000, offset_min: 0, day: Day(20_780) };

    fn collection() -> App {
        let app = App::in_memory(Config::default(), NOW).unwrap();
        let rows = "deck\tfront\tback\nA\t银行\tbank\nA::B\t国家\tcountry\nA::B\t发展\tgrowth\n";
        let input = Input { path: "words.tsv", bytes: rows.as_bytes() };
        let direction = Some(Direction::Forward);
        let options = ImportOptions { direction, ..ImportOptions::default() };
        app.apply(&app.plan(input, &options, &()).unwrap(), NOW, &()).unwrap();
        app
    }

    fn line(app: &App, deck: &str, name: &str) -> OptionLine {
        let sheets = app.deck_sheets().unwrap();
        let sheet = sheets.into_iter().find(|sheet| sheet.name.as_str() == deck).unwrap();
        sheet.options.into_iter().find(|line| line.name == name).unwrap()
    }

    #[test]
    fn an_option_says_where_its_value_comes_from() {
        let mut app = collection();
        let set = |app: &mut App, deck: &str, value: &str| {
            app.set_deck(deck, &[("new_per_day".into(), value.into())], NOW).unwrap();
        };
        let found = |app: &App| {
            let OptionLine { value, origin, .. } = line(app, "A::B", "new_per_day");
            (value, origin)
        };
        assert_eq!(found(&app), ("20".into(), Origin::Config));
        set(&mut app, "A", "7");
        assert_eq!(found(&app), ("7".into(), Origin::Above("A".parse().unwrap())));
        set(&mut app, "A::B", "none");
        assert_eq!(found(&app), ("none".into(), Origin::Own));
        set(&mut app, "A::B", "");
        assert_eq!(found(&app).0, "7");
    }

    #[test]
    fn every_option_that_is_listed_can_be_set_to_what_it_is() {
        let mut app = collection();
        for option in app.deck_sheets().unwrap().remove(0).options {
            let change = [(option.name.to_owned(), option.value.clone())];
            app.set_deck("A", &change, NOW).unwrap();
            assert_eq!(line(&app, "A", option.name).value, option.value, "{}", option.name);
        }
    }

    fn set(option: &str, value: &str) -> [(String, String); 1] {
        [(option.to_owned(), value.to_owned())]
    }

    #[test]
    fn what_a_direction_would_do_is_what_it_then_does() {
        let mut app = collection();
        let count = |app: &App| {
            let lines = app.deck_lines(NOW.day).unwrap();
            lines
                .iter()
                .map(|line| (line.cards, line.suspended))
                .fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1))
        };
        let (cards, suspended) = count(&app);
        let weighed = app.turning("A", &set("direction", "both"), NOW.day).unwrap();
        assert_eq!(count(&app), (cards, suspended), "nothing is done yet");
        app.set_deck("A", &[("direction".into(), "both".into())], NOW).unwrap();
        let added = weighed.added as u32;
        assert_eq!(count(&app), (cards + added, suspended + weighed.suspended as u32));
        let back = app.turning("A", &set("direction", "forward"), NOW.day).unwrap();
        assert_eq!((back.added, back.suspended), (0, 3));
        assert_eq!(
            app.turning("A", &set("new_per_day", "3"), NOW.day).unwrap(),
            Turning::default()
        );
        assert!(app.turning("A", &set("direction", "up"), NOW.day).is_err());
        assert!(app.turning("Z", &set("direction", "both"), NOW.day).is_err());
    }
}
