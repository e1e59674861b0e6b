"""The real Anki's side of the exchange of packages.

    anki_side.py make FOLDER      makes packages of every kind in FOLDER, and beside
                                  each, as JSON, what Anki says about it
    anki_side.py read PACKAGE...  imports packages into an empty collection, one after
                                  the other, and prints what Anki says afterwards
    anki_side.py recall HISTORY   prints what Anki's FSRS holds of each card of HISTORY:
                                  {parameters, desired_retention, cards: [[answer, ...]]}
                                  with an answer as [days ago, button, is it a drill]
"""

import datetime
import itertools
import json
import os
import shutil
import sys
import tempfile
import time

# Study days are counted where the program under test counts them.
os.environ["TZ"] = "UTC"
time.tzset()

import genanki
from anki.collection import (
    Collection,
    DeckIdLimit,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from anki.scheduler.v3 import CardAnswer

ROLLOVER_S = 4 * 3600
DAY_S = 86_400
FIRST_MOMENT = 1_000_000_000
ANSWERED_MS = itertools.count(int(time.time() * 1000) - 60_000, 1000)


def study_day(seconds):
    """The day to which a moment belongs."""
    moment = datetime.datetime.fromtimestamp(seconds - ROLLOVER_S, datetime.timezone.utc)
    return moment.date()


def due_day(col, card):
    """The civil day on which a card comes due; None for a new one."""
    if card.type == 0:
        return None
    due = card.odue or card.due
    if due >= FIRST_MOMENT:
        return str(study_day(due))
    return str(study_day(time.time()) + datetime.timedelta(days=due - col.sched.today))


def told(col):
    """All that Anki knows and that has to come along."""
    notes = []
    for nid in sorted(col.find_notes("")):
        note = col.get_note(nid)
        cards = []
        for card in sorted(note.cards(), key=lambda card: card.ord):
            log = col.db.all(
                "select id, ease, time, type from revlog where cid = ? order by id", card.id
            )
            cards.append(
                {
                    "ord": card.ord,
                    "kind": ["new", "learning", "review", "learning"][card.type],
                    "suspended": card.queue == -1,
                    "due": due_day(col, card),
                    "position": card.odue or card.due if card.type == 0 else None,
                    "interval": card.ivl,
                    "permille": card.factor,
                    "reps": card.reps,
                    "lapses": card.lapses,
                    "deck": col.decks.name(card.odid or card.did),
                    "answers": [
                        {"at": at, "ease": ease, "ms": ms}
                        for at, ease, ms, kind in log
                        if ease > 0 and kind < 4
                    ],
                }
            )
        notes.append(
            {
                "guid": note.guid,
                "type": note.note_type()["name"],
                "fields": dict(note.items()),
                "tags": sorted(note.tags),
                "cards": cards,
            }
        )
    decks = sorted(deck.name for deck in col.decks.all_names_and_ids())
    return {"now": now(), "notes": notes, "decks": decks}


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def add(col, kind, deck, fields, tags=()):
    note = col.new_note(col.models.by_name(kind))
    for name, text in fields.items():
        note[name] = text
    note.tags = list(tags)
    col.add_note(note, col.decks.id(deck))
    return note


def set_review(col, card, interval, permille, lapses, due_in, eases):
    """Gives a card a schedule and a log that ends `interval` days before its due day."""
    col.db.execute(
        "update cards set type = 2, queue = 2, ivl = ?, factor = ?, lapses = ?, reps = ?, "
        "due = ? where id = ?",
        interval, permille, lapses, len(eases), col.sched.today + due_in, card.id,
    )
    at = int(time.time() * 1000) - 40 * DAY_S * 1000 + card.id % 1000 * 7
    for place, ease in enumerate(eases):
        col.db.execute(
            "insert into revlog values (?, ?, -1, ?, ?, ?, ?, ?, ?)",
            at + place * DAY_S * 1000, card.id, ease, max(1, interval // 2), 1, permille,
            4321 + place, 1 if place else 0,
        )


def answer(col, card, ease):
    """Answers a card through Anki's own scheduler."""
    queued = col._backend.get_scheduling_states(card.id)
    card.start_timer()
    rating = [CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY][ease - 1]
    built = col.sched.build_answer(card=card, states=queued, rating=rating)
    col.sched.answer_card(built)
    # Each answer a second after the last, all of them in the minute before this.
    col.db.execute(
        "update revlog set id = ? where id = (select max(id) from revlog where cid = ?)",
        next(ANSWERED_MS), card.id,
    )


def rich(path):
    """A collection with everything that can come along."""
    col = Collection(path)
    reverse = "Basic (and reversed card)"
    words = [("苹果", "apple"), ("香蕉", "banana"), ("樱桃", "cherry"), ("law &lt;3&gt;", "a<br>b")]
    notes = [
        add(col, reverse, "Chinese::Food", {"Front": front, "Back": back}, ["food", "hsk::1"])
        for front, back in words
    ]
    for place in range(6):
        add(col, "Basic", "Chinese", {"Front": f"词{place}", "Back": f"word {place}"}, ["plain"])
    cloze = add(
        col, "Cloze", "Geography",
        {"Text": "{{c1::Paris::city}} is the capital of {{c2::<b>France</b>}}.",
         "Back Extra": "since 987"},
        ["europe"],
    )
    add(col, "Cloze", "Geography", {"Text": "{{c1::Rome}} has {{c3::seven {{c2::hills}}}}."})
    # Positions against the order in which they were added.
    new = [card.id for nid in col.find_notes("tag:plain") for card in col.get_note(nid).cards()]
    col.sched.reposition_new_cards(
        list(reversed(new)), starting_from=100, step_size=1, randomize=False, shift_existing=False
    )
    first = [note.cards() for note in notes]
    set_review(col, first[0][0], 34, 2350, 0, 12, [3, 3, 3, 4])
    set_review(col, first[0][1], 5, 1300, 3, -2, [3, 1, 3, 1, 3, 1, 3, 3])
    set_review(col, first[1][0], 400, 3150, 1, 390, [1, 3, 3, 2, 3])
    set_review(col, cloze.cards()[0], 7, 2500, 0, 0, [3, 4])
    col.sched.suspend_cards([first[1][1].id, first[2][0].id])
    col.sched.bury_cards([cloze.cards()[1].id])
    for ease in (3, 1, 2):
        answer(col, col.get_card(first[2][1].id), ease)
    answer(col, col.get_card(first[3][0].id), 4)
    # One card of a note lies elsewhere.
    col.set_deck([first[3][1].id], col.decks.id("Elsewhere::Deep"))
    return col


def with_filtered(col):
    deck = col.decks.new_filtered("Cram")
    config = col.decks.get(deck)
    config["terms"] = [["deck:Chinese::Food is:review", 10, 0]]
    config["resched"] = True
    col.decks.save(config)
    col.sched.rebuild_filtered_deck(deck)


def export(col, path, scheduling, legacy):
    options = ExportAnkiPackageOptions(
        with_scheduling=scheduling, with_deck_configs=scheduling, with_media=True, legacy=legacy
    )
    col.export_anki_package(out_path=path, options=options, limit=None)


def imported(packages):
    """What Anki says after importing packages into an empty collection."""
    folder = tempfile.mkdtemp()
    try:
        col = Collection(os.path.join(folder, "collection.anki2"))
        logs = []
        for package in packages:
            options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=False)
            request = ImportAnkiPackageRequest(package_path=package, options=options)
            log = col.import_anki_package(request).log
            logs.append(
                {
                    "new": len(log.new),
                    "updated": len(log.updated),
                    "duplicate": len(log.duplicate),
                    "conflicting": len(log.conflicting),
                }
            )
        result = told(col)
        result["logs"] = logs
        problems, ok = col.fix_integrity()
        result["sound"] = ok
        result["problems"] = problems
        col.close()
        return result
    finally:
        shutil.rmtree(folder)


def keep(path, result):
    with open(path + ".json", "w", encoding="utf-8") as file:
        json.dump(result, file, ensure_ascii=False, indent=1)


def make(folder):
    col = rich(os.path.join(folder, "rich.anki2"))
    for scheduling in (True, False):
        for legacy in (True, False):
            name = ("with" if scheduling else "without", "legacy" if legacy else "latest")
            path = os.path.join(folder, "-".join(name) + ".apkg")
            export(col, path, scheduling, legacy)
            keep(path, imported([path]))
    with_filtered(col)
    everything = told(col)
    path = os.path.join(folder, "filtered.apkg")
    export(col, path, True, False)
    keep(path, imported([path]))
    for legacy in (True, False):
        path = os.path.join(folder, ("legacy" if legacy else "latest") + ".colpkg")
        col.export_collection_package(path, include_media=True, legacy=legacy)
        col.reopen(after_full_sync=False)
        keep(path, everything)
    col.close()
    path = os.path.join(folder, "genanki.apkg")
    by_genanki(path)
    keep(path, imported([path]))


def by_genanki(path):
    """A package that another program wrote, with a note type of its own."""
    model = genanki.Model(
        1607392319,
        "Vocabulary",
        fields=[{"name": name} for name in ("Word", "Pinyin", "Meaning", "Sentence", "Picture")],
        templates=[
            {"name": "Recall", "qfmt": "{{Meaning}}", "afmt": "{{FrontSide}}<hr>{{Word}}"},
            {"name": "Read", "qfmt": "{{Word}}", "afmt": "{{FrontSide}}<hr>{{Meaning}} {{Pinyin}}"},
            {"name": "Listen", "qfmt": "{{Pinyin}}", "afmt": "{{Word}} {{Meaning}}"},
        ],
    )
    decks = [genanki.Deck(2059400110, "Gen::Words"), genanki.Deck(2059400111, "Gen::More")]
    for place in range(40):
        picture = '<img src="x.png">' if place % 10 == 0 else ""
        fields = [f"字{place}", f"zì {place}", f"meaning {place}", f"一个字{place}。", picture]
        decks[place % 2].add_note(genanki.Note(model=model, fields=fields, tags=["gen"]))
    genanki.Package(decks).write_to_file(path)


def recall(history):
    """What FSRS holds of cards with the given answers, and the interval it gives them."""
    folder = tempfile.mkdtemp()
    try:
        col = Collection(os.path.join(folder, "collection.anki2"))
        col.set_config("fsrs", True)
        preset = col.decks.get_config(1)
        preset["fsrsParams6"] = history["parameters"]
        preset["desiredRetention"] = history["desired_retention"]
        col.decks.update_config(preset)
        # Noon of the study day, so that no answer is given at its turn.
        noon = (int(time.time()) - ROLLOVER_S) // DAY_S * DAY_S + 43_200
        at = itertools.count()
        found = []
        for place, answers in enumerate(history["cards"]):
            card = add(col, "Basic", "Default", {"Front": f"词{place}", "Back": "x"}).cards()[0]
            col.db.execute("update cards set type = 2, queue = 2, ivl = 1 where id = ?", card.id)
            first = answers[0][0]
            for ago, button, is_drill in answers:
                # Answers of the first day are those of learning.
                kind = 0 if ago == first else 2 if is_drill else 1
                col.db.execute(
                    "insert into revlog values (?, ?, -1, ?, 1, 1, 2500, 1000, ?)",
                    (noon - ago * DAY_S) * 1000 + next(at), card.id, button, kind,
                )
            told = col._backend.compute_memory_state(card.id)
            # The forgetting curve that Anki names by its decay alone.
            decay = -told.decay
            factor = 0.9 ** (1 / decay) - 1
            days = told.state.stability / factor * (told.desired_retention ** (1 / decay) - 1)
            found.append(
                {
                    "stability": told.state.stability,
                    "difficulty": told.state.difficulty,
                    "interval": max(1, round(days)),
                }
            )
        col.close()
        return found
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2])
    elif sys.argv[1] == "recall":
        with open(sys.argv[2], encoding="utf-8") as file:
            json.dump(recall(json.load(file)), sys.stdout)
    else:
        json.dump(imported(sys.argv[2:]), sys.stdout, ensure_ascii=False)
