//! Pages: one story in the markup of one kind of site.

mod agency;
mod blog;
mod news;

use std::fmt::Write as _;

use crate::filler::Filler;
use crate::stories::{Part, Story};

/// A way to print a story as a page.
pub(crate) struct Layout {
    pub(crate) name: &'static str,
    pub(crate) print: fn(&Story) -> String,
    /// Whether the page says when it was published.
    pub(crate) dated: bool,
}

const fn layout(name: &'static str, print: fn(&Story) -> String) -> Layout {
    Layout { name, print, dated: true }
}

/// All of them.
pub(crate) const LAYOUTS: [Layout; 14] = [
    layout("news-portal", news::portal),
    layout("news-lead-in-header", news::lead_in_header),
    layout("news-hashed-divs", news::hashed_divs),
    layout("news-sections-with-ads", news::sections_with_ads),
    layout("news-microdata", news::microdata),
    layout("news-sibling-blocks", news::sibling_blocks),
    layout("amp", news::amp),
    layout("blog-wordpress", blog::wordpress),
    layout("blog-blocks", blog::gutenberg),
    layout("blog-plain", blog::plain),
    layout("agency-tables", agency::tables),
    layout("agency-line-breaks", agency::line_breaks),
    layout("agency-div-soup", agency::div_soup),
    Layout { dated: false, ..layout("agency-undated", agency::undated) },
];

/// Text as HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// How the parts of a story are marked up.
pub(crate) struct Markup {
    pub(crate) paragraph: fn(&str) -> String,
    pub(crate) heading: fn(&str) -> String,
    pub(crate) quote: fn(&str) -> String,
    /// What stands after the part of this number, if anything.
    pub(crate) between: fn(Filler, usize) -> String,
}

impl Markup {
    /// Clean HTML5.
    pub(crate) const PLAIN: Markup = Markup {
        paragraph: |text| format!("<p>{text}</p>\n"),
        heading: |text| format!("<h2>{text}</h2>\n"),
        quote: |text| format!("<blockquote><p>{text}</p></blockquote>\n"),
        between: |_, _| String::new(),
    };

    /// The parts of a story, without the first `skip`.
    pub(crate) fn body(&self, story: &Story, skip: usize) -> String {
        let filler = Filler::of(&story.language);
        let mut out = String::new();
        for (at, part) in story.parts.iter().enumerate().skip(skip) {
            self.part(&mut out, story, at, part).unwrap();
            out += &(self.between)(filler, at);
        }
        out
    }

    fn part(&self, out: &mut String, story: &Story, at: usize, part: &Part) -> std::fmt::Result {
        let same = |other: Option<&Part>| {
            other.is_some_and(|other| std::mem::discriminant(other) == std::mem::discriminant(part))
        };
        let first = !same(at.checked_sub(1).and_then(|before| story.parts.get(before)));
        let last = !same(story.parts.get(at + 1));
        match part {
            Part::Paragraph(text) => out.write_str(&(self.paragraph)(&escape(text))),
            Part::Heading(text) => out.write_str(&(self.heading)(&escape(text))),
            Part::Quote(text) => out.write_str(&(self.quote)(&escape(text))),
            Part::Caption(text) => writeln!(
                out,
                "<figure><img src=\"/p/{at}.jpg\" alt=\"\"><figcaption>{}</figcaption></figure>",
                escape(text)
            ),
            Part::Item(text) => {
                let (open, close) = (if first { "<ul>\n" } else { "" }, if last { "</ul>\n" } else { "" });
                writeln!(out, "{open}<li>{}</li>{close}", escape(text))
            }
            Part::Row(cells) => {
                let (open, close) = (if first { "<table>\n" } else { "" }, if last { "</table>\n" } else { "" });
                let tag = if first { "th" } else { "td" };
                let cells: String = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape(cell))).collect();
                writeln!(out, "{open}<tr>{cells}</tr>{close}")
            }
        }
    }
}

/// `2025-02-27` as a reader of the language writes it.
pub(crate) fn written_day(story: &Story) -> String {
    const FRENCH: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let day = story.day();
    let month: usize = day[5..7].parse().unwrap();
    let number = day[8..].trim_start_matches('0');
    if story.language == "fr" {
        format!("{number} {} {}", FRENCH[month - 1], &day[..4])
    } else {
        format!("{} {number}, {}", ENGLISH[month - 1], &day[..4])
    }
}

/// The head that news sites print for other programs: Open Graph and JSON-LD.
pub(crate) fn rich_head(story: &Story) -> String {
    let Story { title, outlet, byline, published, slug, language, .. } = story;
    let (title, outlet, lead) = (escape(title), escape(outlet), escape(&story.lead()));
    let modified = story.modified.as_ref().unwrap_or(published);
    let json = serde_json::json!({
        "@context": "https://schema.org",
        "@graph": [
            { "@type": "WebSite", "name": story.outlet, "dateModified": "2019-01-01" },
            {
                "@type": "NewsArticle",
                "headline": story.title,
                "description": story.lead(),
                "datePublished": published,
                "dateModified": modified,
                "inLanguage": language,
                "author": [{ "@type": "Person", "name": byline }],
                "publisher": { "@type": "Organization", "name": story.outlet },
            },
        ],
    });
    format!(
        "<meta charset=\"utf-8\"><title>{title} - {outlet}</title>\n\
         <link rel=\"canonical\" href=\"https://outlet.example/{slug}\">\n\
         <meta property=\"og:type\" content=\"article\"><meta property=\"og:title\" content=\"{title}\">\n\
         <meta property=\"og:site_name\" content=\"{outlet}\"><meta property=\"og:description\" content=\"{lead}\">\n\
         <meta property=\"article:published_time\" content=\"{published}\">\n\
         <meta property=\"article:modified_time\" content=\"{modified}\">\n\
         <script type=\"application/ld+json\">{json}</script>\n"
    )
}
