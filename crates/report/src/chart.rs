//! Pictures: figures laid out as shapes, which a template writes as SVG.
//!
//! Every shape that stands for a figure carries it as its title, and every picture has its table beside it: nobody has to
//! see it, or to tell colors apart, to know what it says.

/// A picture, laid out. Lengths are in pixels at its natural size.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Chart {
    /// What it shows.
    pub title: String,
    pub width: f64,
    pub height: f64,
    pub rects: Vec<Rect>,
    pub lines: Vec<Line>,
    pub paths: Vec<Path>,
    pub texts: Vec<Label>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rect {
    pub class: String,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub title: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub class: &'static str,
    pub from: (f64, f64),
    pub to: (f64, f64),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Path {
    pub class: String,
    /// As SVG has the points of a polyline.
    pub points: String,
    pub title: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Label {
    pub x: f64,
    pub y: f64,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    pub text: String,
}

/// A figure of a row or a column: where it stands and how it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    pub value: f64,
    pub written: String,
}

/// A row of bars: its name, its parts from the left, and the ends of a thin line over it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub name: String,
    /// Each with the number of its color and what it stands for.
    pub parts: Vec<(usize, String, Figure)>,
    pub spread: Option<(f64, f64)>,
    /// What stands behind the row.
    pub written: String,
}

const WIDTH: f64 = 760.0;
/// The room for names: at least, and at most.
const NAMES: f64 = 190.0;
const NAMES_MOST: f64 = 300.0;
/// The room that a letter takes, on the wide side of its mean.
const LETTER: f64 = 6.8;
/// The room between two lines of a name.
const LEADING: f64 = 13.0;
const BEHIND: f64 = 100.0;
const ROW: f64 = 30.0;
const TOP: f64 = 8.0;
/// How many colors there are; parts beyond begin again.
const COLORS: usize = 6;
/// How many of them lines have.
const LINE_COLORS: usize = 7;

fn class(color: usize) -> String {
    format!("c{}", color % COLORS)
}

/// The room that the names of rows take.
fn room<'n>(names: impl Iterator<Item = &'n str>) -> f64 {
    let longest = names.map(|name| name.chars().count()).max().unwrap_or(0);
    (longest as f64 * LETTER + 16.0).clamp(NAMES, NAMES_MOST)
}

/// A name in so much room: in two lines where one is too short, broken at a space, and cut where that is not enough; the
/// shapes of its row have it whole.
fn broken(name: &str, room: f64) -> Vec<String> {
    let most = ((room - 16.0) / LETTER) as usize;
    let cut = |line: &str| match line.chars().count() <= most {
        true => line.to_owned(),
        false => line.chars().take(most - 1).chain(['…']).collect(),
    };
    if name.chars().count() <= most {
        return vec![name.to_owned()];
    }
    let fits = |(place, _): &(usize, &str)| name[..*place].chars().count() <= most;
    match name.match_indices(' ').rfind(fits) {
        Some((place, _)) => vec![name[..place].to_owned(), cut(&name[place + 1..])],
        None => vec![cut(name)],
    }
}

/// The name of a row, to the left of its bars.
fn name_row(chart: &mut Chart, name: &str, room: f64, top: f64) {
    let lines = broken(name, room);
    let first = top + 18.0 - LEADING / 2.0 * (lines.len() - 1) as f64;
    for (place, text) in lines.into_iter().enumerate() {
        let y = first + LEADING * place as f64;
        chart.texts.push(Label { x: room - 8.0, y, anchor: "end", text });
    }
}

/// Horizontal bars from 0, each of parts that follow one another.
pub(crate) fn bars(title: String, rows: &[Row]) -> Chart {
    let sum = |row: &Row| row.parts.iter().map(|(_, _, part)| part.value.max(0.0)).sum::<f64>();
    let end = |row: &Row| sum(row).max(row.spread.map_or(0.0, |(_, high)| high));
    let most = rows.iter().map(end).fold(0.0, f64::max);
    let names = room(rows.iter().map(|row| row.name.as_str()));
    let scale = if 0.0 < most { (WIDTH - names - BEHIND) / most } else { 0.0 };
    let mut chart = Chart { title, width: WIDTH, height: TOP + ROW * rows.len() as f64 + 8.0, ..Chart::default() };
    for (place, row) in rows.iter().enumerate() {
        let top = TOP + ROW * place as f64;
        name_row(&mut chart, &row.name, names, top);
        let mut x = names;
        for (color, what, part) in row.parts.iter().filter(|(_, _, part)| 0.0 < part.value) {
            let width = part.value * scale;
            let title = format!("{}, {what}: {}", row.name, part.written);
            chart.rects.push(Rect { class: class(*color), x, y: top + 4.0, width, height: ROW - 10.0, title });
            x += width;
        }
        if let Some((low, high)) = row.spread {
            let (from, to, middle) = (names + low * scale, names + high * scale, top + ROW / 2.0 - 1.0);
            chart.lines.push(Line { class: "spread", from: (from, middle), to: (to, middle) });
            for at in [from, to] {
                chart.lines.push(Line { class: "spread", from: (at, middle - 5.0), to: (at, middle + 5.0) });
            }
        }
        let behind = names + end(row) * scale + 6.0;
        chart.texts.push(Label { x: behind, y: top + 18.0, anchor: "start", text: row.written.clone() });
    }
    chart
}

/// Bars to both sides of a middle line: what a figure does at its low end and at its high end.
pub(crate) fn tornado(title: String, rows: &[(String, Figure, Figure)]) -> Chart {
    let ends = rows.iter().flat_map(|(_, low, high)| [low.value, high.value]);
    let (least, most) = ends.fold((0.0f64, 0.0f64), |(least, most), value| (least.min(value), most.max(value)));
    let names = room(rows.iter().map(|(name, ..)| name.as_str()));
    let scale = if least < most { (WIDTH - names - 2.0 * BEHIND) / (most - least) } else { 0.0 };
    let middle = names + BEHIND - least * scale;
    let mut chart = Chart { title, width: WIDTH, height: TOP + ROW * rows.len() as f64 + 8.0, ..Chart::default() };
    for (place, (name, low, high)) in rows.iter().enumerate() {
        let top = TOP + ROW * place as f64;
        name_row(&mut chart, name, names, top);
        // The longer one lies below, so that both can be seen where both go the same way.
        let mut both = [(0, low), (3, high)];
        both.sort_by(|(_, one), (_, other)| other.value.abs().total_cmp(&one.value.abs()));
        for (color, end) in both {
            let (x, width) = (middle + end.value.min(0.0) * scale, end.value.abs() * scale);
            let title = format!("{name}: {}", end.written);
            chart.rects.push(Rect { class: class(color), x, y: top + 4.0, width, height: ROW - 10.0, title });
            if end.value == 0.0 {
                continue; // An end that moves nothing has no bar, and would be written over the other.
            }
            let (at, anchor) = if end.value < 0.0 { (x - 5.0, "end") } else { (x + width + 5.0, "start") };
            chart.texts.push(Label { x: at, y: top + 18.0, anchor, text: end.written.clone() });
        }
    }
    let bottom = TOP + ROW * rows.len() as f64;
    chart.lines.push(Line { class: "axis", from: (middle, TOP), to: (middle, bottom) });
    chart
}

/// How many ways there are to break a line, beside whole.
const DASHES: usize = 5;

/// The color of a line and how it is broken: no two of the first 35 lines look alike.
fn line_class(place: usize) -> String {
    format!("k{} d{}", place % LINE_COLORS, (place + place / LINE_COLORS) % DASHES)
}

/// The round step that divides so much into about four.
fn round_step(span: f64) -> f64 {
    let size = 10f64.powf((span / 4.0).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * size);
    steps.into_iter().find(|step| span <= 4.5 * step).unwrap_or(steps[3])
}

/// Lines over a few positions from left to right, named at their right end. `ticks` name the positions, and `written` the
/// heights: they begin where the lowest line needs it, not at 0, for where lines cross is what is looked for.
pub(crate) fn lines(
    title: String,
    ticks: &[String],
    rows: &[(String, Vec<Figure>)],
    written: impl Fn(f64) -> String,
) -> Chart {
    const HEIGHT: f64 = 280.0;
    const LEFT: f64 = 92.0;
    /// The room for thin lines from where a line ends to where its name has room.
    const LEADER: f64 = 26.0;
    let values = || rows.iter().flat_map(|(_, values)| values).map(|figure| figure.value);
    let (least, most) = values().fold((f64::MAX, f64::MIN), |(least, most), value| (least.min(value), most.max(value)));
    let mut chart = Chart { title, width: WIDTH, height: TOP + HEIGHT + 28.0, ..Chart::default() };
    if ticks.is_empty() || most < least {
        return chart;
    }
    let height = round_step((most - least).max(most.abs() * 0.01).max(1.0));
    let (lowest, highest) = ((least / height).floor(), (most / height).ceil().max((least / height).floor() + 1.0));
    let down = |value: f64| TOP + HEIGHT * (1.0 - (value / height - lowest) / (highest - lowest));
    let names = room(rows.iter().map(|(name, _)| name.as_str())) + LEADER;
    let right = WIDTH - names;
    let step = (right - LEFT) / (ticks.len().max(2) - 1) as f64;
    for mark in 0..=(highest - lowest) as u32 {
        let value = (lowest + f64::from(mark)) * height;
        chart.lines.push(Line { class: "grid", from: (LEFT, down(value)), to: (right, down(value)) });
        chart.texts.push(Label { x: LEFT - 12.0, y: down(value) + 4.0, anchor: "end", text: written(value) });
    }
    for (place, tick) in ticks.iter().enumerate() {
        let x = LEFT + step * place as f64;
        chart.lines.push(Line { class: "grid", from: (x, TOP), to: (x, TOP + HEIGHT) });
        chart.texts.push(Label { x, y: TOP + HEIGHT + 18.0, anchor: "middle", text: tick.clone() });
    }
    for (place, (name, values)) in rows.iter().enumerate() {
        let points = values.iter().enumerate().map(|(at, figure)| (LEFT + step * at as f64, down(figure.value)));
        let points: Vec<String> = points.map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let written: Vec<&str> = values.iter().map(|figure| figure.written.as_str()).collect();
        let title = format!("{name}: {}", written.join(", "));
        chart.paths.push(Path { class: line_class(place), points: points.join(" "), title });
    }
    let ends = rows.iter().enumerate().filter_map(|(place, (_, values))| Some((place, down(values.last()?.value))));
    for (place, end, y) in apart(ends.collect()) {
        chart.lines.push(Line { class: "grid", from: (right + 2.0, end), to: (right + LEADER, y) });
        let text = broken(&rows[place].0, names - LEADER).join(" ");
        chart.texts.push(Label { x: right + LEADER + 4.0, y: y + 4.0, anchor: "start", text });
    }
    chart
}

/// Where names stand whose lines end at some heights: each with its own height and that of its name, in their order, as far
/// apart as names need.
fn apart(mut ends: Vec<(usize, f64)>) -> Vec<(usize, f64, f64)> {
    const APART: f64 = 15.0;
    ends.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let mut free = TOP;
    let placed = ends.into_iter().map(|(place, end)| {
        let y = end.max(free);
        free = y + APART;
        (place, end, y)
    });
    placed.collect()
}

/// Columns from 0, one a position.
pub(crate) fn columns(title: String, columns: &[(String, Figure)]) -> Chart {
    const HEIGHT: f64 = 200.0;
    let most = columns.iter().map(|(_, figure)| figure.value).fold(0.0, f64::max);
    let step = WIDTH / columns.len().max(1) as f64;
    let mut chart = Chart { title, width: WIDTH, height: TOP + HEIGHT + 44.0, ..Chart::default() };
    // Names and figures that would touch are left out: their columns have titles.
    let longest =
        columns.iter().flat_map(|(name, figure)| [name, &figure.written]).map(|text| text.chars().count()).max();
    let named = ((longest.unwrap_or(0) + 1) as f64 * LETTER / step).ceil().max(1.0) as usize;
    for (place, (name, figure)) in columns.iter().enumerate() {
        let height = if 0.0 < most { figure.value.max(0.0) / most * HEIGHT } else { 0.0 };
        let (x, y) = (step * place as f64 + step * 0.1, TOP + 14.0 + HEIGHT - height);
        let title = format!("{name}: {}", figure.written);
        chart.rects.push(Rect { class: class(0), x, y, width: step * 0.8, height, title });
        if place % named == 0 {
            let middle = x + step * 0.4;
            chart.texts.push(Label { x: middle, y: TOP + HEIGHT + 32.0, anchor: "middle", text: name.clone() });
            chart.texts.push(Label { x: middle, y: y - 4.0, anchor: "middle", text: figure.written.clone() });
        }
    }
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: f64) -> Figure {
        Figure { value, written: format!("{value}") }
    }

    #[test]
    fn bars_are_as_long_as_their_figures() {
        let row = |name: &str, parts: &[f64]| Row {
            name: name.to_owned(),
            parts: parts.iter().enumerate().map(|(place, part)| (place, String::new(), figure(*part))).collect(),
            spread: None,
            written: String::new(),
        };
        let chart = bars(String::new(), &[row("a", &[30.0, 10.0]), row("b", &[20.0])]);
        let widths: Vec<f64> = chart.rects.iter().map(|rect| rect.width).collect();
        assert!((widths[0] / widths[1] - 3.0).abs() < 1e-9 && (widths[0] / widths[2] - 1.5).abs() < 1e-9);
        assert!((chart.rects[1].x - chart.rects[0].x - widths[0]).abs() < 1e-9, "parts follow one another");
    }

    #[test]
    fn a_tornado_turns_about_its_middle() {
        let chart = tornado(String::new(), &[("volume".to_owned(), figure(-50.0), figure(100.0))]);
        let (low, high) = (chart.rects.iter().find(|r| r.class == "c0"), chart.rects.iter().find(|r| r.class == "c3"));
        let (low, high) = (low.unwrap(), high.unwrap());
        assert!((low.x + low.width - high.x).abs() < 1e-9 && (high.width / low.width - 2.0).abs() < 1e-9);
    }

    /// No name is cut at the left edge, and what was cut for want of room stands whole in its shapes.
    #[test]
    fn long_names_stay_within_the_picture() {
        let long = "el tiempo medio de atención de `portland-y-los-demás-equipos` en la temporada";
        for name in ["volume", "the handle time of `philippines-dedicated`", long, &"x".repeat(80)] {
            let chart = tornado(String::new(), &[(name.to_owned(), figure(-50.0), figure(100.0))]);
            let names = chart.texts.iter().filter(|text| text.anchor == "end" && !text.text.starts_with('-'));
            let mut lines = 0;
            for text in names {
                assert!(text.text.chars().count() as f64 * LETTER <= text.x, "{}", text.text);
                lines += 1;
            }
            assert!(lines == if name.contains(' ') && 40 < name.len() { 2 } else { 1 }, "{name}: {lines}");
            assert!(chart.rects.iter().all(|rect| rect.title.starts_with(name)));
        }
    }

    #[test]
    fn lines_look_different_and_keep_within_the_picture() {
        let ticks = ["50%", "100%"].map(str::to_owned);
        let rows: Vec<(String, Vec<Figure>)> = (0..12)
            .map(|place| (format!("option {place}"), vec![figure(1.9e6), figure(2.0e6 + 1e3 * f64::from(place))]))
            .collect();
        let chart = lines(String::new(), &ticks, &rows, |value| format!("{value}"));
        let mut classes: Vec<&str> = chart.paths.iter().map(|path| path.class.as_str()).collect();
        classes.sort_unstable();
        classes.dedup();
        assert_eq!(classes.len(), 12);
        assert!(chart.texts.iter().all(|text| 0.0 < text.y && text.y <= chart.height), "{:?}", chart.texts);
        let marks: Vec<&str> =
            chart.texts.iter().filter(|text| text.anchor == "end").map(|t| t.text.as_str()).collect();
        assert_eq!(marks, ["1900000", "1950000", "2000000", "2050000"]);
        let all_alike =
            lines(String::new(), &ticks, &[("a".to_owned(), vec![figure(0.0), figure(0.0)])], |_| String::new());
        assert!(all_alike.paths[0].points.split([' ', ',']).all(|at| at.parse::<f64>().is_ok_and(f64::is_finite)));
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert!(bars(String::new(), &[]).rects.is_empty());
        assert!(lines(String::new(), &[], &[], |_| String::new()).paths.is_empty());
        assert!(columns(String::new(), &[("a".to_owned(), figure(0.0))]).rects.iter().all(|rect| rect.height == 0.0));
    }
}
