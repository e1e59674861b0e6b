//! A screen of a terminal as an SVG picture: rectangles for backgrounds, a run of text
//! for each stretch of cells that look alike.

use std::fmt::Write as _;

use vt100::{Cell, Color, Screen};

/// Width and height of a cell in pixels, and the size of the text in it.
const CELL: (f32, f32) = (8.4, 18.0);
const FONT: f32 = 14.0;
/// Pixels around the cells.
const MARGIN: f32 = 12.0;
/// From the top of a cell to the line that its text stands on.
const BASELINE: f32 = 13.5;

/// The first sixteen colours, as terminals commonly show them.
const SIXTEEN: [&str; 16] = [
    "#1c1c1c", "#cd5c5c", "#8fbc6f", "#d7af5f", "#6f9fd7", "#b08fd7", "#5fb3b3", "#d0d0d0",
    "#767676", "#e78787", "#a8d08d", "#e7c787", "#8fb7e7", "#c8afe7", "#87cfcf", "#ffffff",
];
const BACK: &str = "#1c1c1c";
const TEXT: &str = "#dadada";

/// How a cell looks, its background left out.
#[derive(Clone, PartialEq)]
struct Look {
    fill: String,
    bold: bool,
    underline: bool,
    wide: bool,
}

/// Returns the screen as an SVG document.
pub fn picture(screen: &Screen, title: &str) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let width = f32::from(columns) * CELL.0 + 2.0 * MARGIN;
    let height = f32::from(rows) * CELL.1 + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\">\n<title>{}</title>\n\
         <style>text{{font:{FONT}px ui-monospace,SFMono-Regular,Menlo,Consolas,\
         'DejaVu Sans Mono','Noto Sans Mono CJK SC','Noto Sans CJK SC',monospace;\
         white-space:pre;fill:{TEXT}}}.b{{font-weight:bold}}.u{{text-decoration:underline}}\
         </style>\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACK}\"/>\n",
        escaped(title)
    );
    for row in 0..rows {
        backgrounds(screen, row, columns, &mut svg);
        texts(screen, row, columns, &mut svg);
    }
    svg.push_str("</svg>\n");
    svg
}

fn backgrounds(screen: &Screen, row: u16, columns: u16, svg: &mut String) {
    let back = |column| screen.cell(row, column).map_or_else(String::new, |cell| colors(cell).1);
    let mut column = 0;
    while column < columns {
        let fill = back(column);
        let end = (column..columns).find(|at| back(*at) != fill).unwrap_or(columns);
        if fill != BACK {
            let (x, y) = place(row, column);
            let (width, height) = (f32::from(end - column) * CELL.0, CELL.1);
            let _ = writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
                 fill=\"{fill}\"/>"
            );
        }
        column = end;
    }
}

fn texts(screen: &Screen, row: u16, columns: u16, svg: &mut String) {
    let mut run: Option<(u16, u16, Look, String)> = None;
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation())
        else {
            continue;
        };
        let width = if cell.is_wide() { 2 } else { 1 };
        let look = Look {
            fill: colors(cell).0,
            bold: cell.bold(),
            underline: cell.underline(),
            wide: cell.is_wide(),
        };
        let symbol = if cell.has_contents() { cell.contents() } else { " " };
        if let Some((start, cells, of, text)) = &mut run {
            // A long gap is cheaper left out than written.
            let is_gap = symbol == " " && text.ends_with(' ');
            if *of == look && *start + *cells == column && !is_gap {
                *cells += width;
                text.push_str(symbol);
                continue;
            }
        }
        write_run(row, run.take(), svg);
        if symbol != " " {
            run = Some((column, width, look, symbol.to_owned()));
        }
    }
    write_run(row, run, svg);
}

fn write_run(row: u16, run: Option<(u16, u16, Look, String)>, svg: &mut String) {
    let Some((column, mut cells, look, text)) = run else { return };
    let shown = text.trim_end_matches(' ');
    cells -= (text.len() - shown.len()) as u16;
    let (x, y) = place(row, column);
    let (y, length) = (y + BASELINE, f32::from(cells) * CELL.0);
    let mut classes = Vec::new();
    classes.extend(look.bold.then_some("b"));
    classes.extend(look.underline.then_some("u"));
    let class = if classes.is_empty() {
        String::new()
    } else {
        format!(" class=\"{}\"", classes.join(" "))
    };
    let fill =
        if look.fill == TEXT { String::new() } else { format!(" style=\"fill:{}\"", look.fill) };
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\"{class}{fill}>{}</text>",
        escaped(shown)
    );
}

fn place(row: u16, column: u16) -> (f32, f32) {
    (MARGIN + f32::from(column) * CELL.0, MARGIN + f32::from(row) * CELL.1)
}

/// Returns the colours of a cell's text and of what is behind it.
fn colors(cell: &Cell) -> (String, String) {
    let (text, back) = (color(cell.fgcolor(), TEXT), color(cell.bgcolor(), BACK));
    if cell.inverse() { (back, text) } else { (text, back) }
}

fn color(color: Color, default: &str) -> String {
    match color {
        Color::Default => default.to_owned(),
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Idx(n @ 0..=15) => SIXTEEN[usize::from(n)].to_owned(),
        // The cube of six steps in each colour.
        Color::Idx(n @ 16..=231) => {
            let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            let n = n - 16;
            format!("#{:02x}{:02x}{:02x}", step(n / 36), step(n / 6 % 6), step(n % 6))
        }
        Color::Idx(n) => {
            let grey = 8 + 10 * (n - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
