//! What a reader of the documents sees: snapshots, dates, pages that are set aside, encodings.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::date;
use recoup_model::{Body, PublishedFrom, Sidecar};
use recoup_parse::{Html, HtmlOptions};

use crate::filler::Filler;
use crate::layouts::LAYOUTS;
use crate::stories::story;
use crate::support::{item, render, through};
use crate::{page, read};

fn printed(layout: &str, name: &str) -> String {
    (LAYOUTS.iter().find(|one| one.name == layout).unwrap().print)(&story(name))
}

#[test]
fn a_portal() {
    insta::assert_snapshot!(render(&read(page(&printed("news-portal", "varn.fr")))));
}

#[test]
fn a_communique_in_tables() {
    insta::assert_snapshot!(render(&read(page(&printed("agency-tables", "communique.fr")))));
}

#[test]
fn a_page_whose_lead_stands_apart() {
    insta::assert_snapshot!(render(&read(page(&printed("news-lead-in-header", "harbour.en")))));
}

#[test]
fn a_list_within_an_article() {
    insta::assert_snapshot!(render(&read(page(&printed("news-hashed-divs", "selmi.fr")))));
}

#[test]
fn the_headline_is_of_the_text_where_it_is_asked_for() {
    let options = HtmlOptions { headline: true, ..HtmlOptions::default() };
    let story = story("brief.en");
    let document = through::<Html>(options, page(&printed("blog-wordpress", "brief.en"))).documents.remove(0);
    assert!(document.text.starts_with(&story.title));
    assert_eq!(document.title, Some(story.title));
}

const PROSE: &str = "<p>The bridge over the Tarn was hit twice before dawn on Monday, and at least seven people who had \
                     slept in the toll house were wounded, the district council said in a statement to reporters.</p>\
                     <p>It was the third strike on the crossing since the middle of the month, and engineers said that \
                     lorries would have to take the road through Overhask until it could be repaired.</p>";

fn article(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Bridge over the Tarn hit again</title>{head}</head><body>\
         <h1>Bridge over the Tarn hit again</h1>{body}{PROSE}</body></html>"
    )
}

#[test]
fn days_of_publication() {
    let linked = |day: &str| {
        format!(r#"<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{day}"}}</script>"#)
    };
    let canonical = |address: &str| format!("<link rel=\"canonical\" href=\"{address}\">");
    let meta = "<meta property=\"article:published_time\" content=\"2025-02-27T23:50:00-05:00\">";
    let cases = [
        ("JSON-LD", article(&linked("2025-02-27T08:00:00Z"), ""), Some(("2025-02-27", PublishedFrom::JsonLd)), 0),
        ("meta, in its own zone", article(meta, ""), Some(("2025-02-27", PublishedFrom::Meta)), 0),
        (
            "microdata",
            article("", "<span itemprop=\"datePublished\" content=\"20250227\"></span>"),
            Some(("2025-02-27", PublishedFrom::Microdata)),
            0,
        ),
        (
            "time element",
            article("", "<time datetime=\"2025-02-27\">Thursday</time>"),
            Some(("2025-02-27", PublishedFrom::TimeElement)),
            0,
        ),
        (
            "line of date",
            article("", "<p>Published on February 27, 2025</p>"),
            Some(("2025-02-27", PublishedFrom::Dateline)),
            0,
        ),
        (
            "address",
            article(&canonical("https://a.example/2025/02/27/bridge/"), ""),
            Some(("2025-02-27", PublishedFrom::Address)),
            0,
        ),
        ("a month in the address is no day", article(&canonical("https://a.example/2025/02/bridge/"), ""), None, 0),
        ("nowhere", article("", ""), None, 0),
        (
            "a day apart is a time zone",
            article(&(linked("2025-02-28T04:50:00Z") + meta), ""),
            Some(("2025-02-28", PublishedFrom::JsonLd)),
            0,
        ),
        (
            "two days apart is a disagreement",
            article(&(linked("2025-03-01T04:50:00Z") + meta), ""),
            Some(("2025-03-01", PublishedFrom::JsonLd)),
            1,
        ),
        (
            "JSON-LD that is broken",
            article("<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",</script>", ""),
            None,
            0,
        ),
        ("no such day", article(&linked("2025-02-31"), ""), None, 0),
    ];
    for (name, html, expected, disagreements) in cases {
        let parsed = read(page(&html));
        let published = parsed.documents[0].published;
        let expected = expected.map(|(day, from)| (day.to_owned(), from));
        assert_eq!(published.map(|p| (p.date.to_string(), p.from)), expected, "{name}");
        let warned = parsed.diagnostics.iter().filter(|d| d.code == "parse.published_disagree").count();
        assert_eq!(warned, disagreements, "{name}: {:?}", parsed.diagnostics);
    }
}

#[test]
fn a_page_is_not_published_after_it_was_fetched() {
    let head = "<meta property='article:published_time' content='2025-03-20T08:00:00Z'>";
    let body = "<time datetime='2025-03-11'>11 March 2025</time>";
    for (fetched, day) in [
        (None, Some("2025-03-20")),
        (Some("2025-03-20T23:00:00Z"), Some("2025-03-20")),
        (Some("2025-03-19T23:00:00Z"), Some("2025-03-20")),
        (Some("2025-03-18T23:00:00Z"), Some("2025-03-11")),
        (Some("2025-03-01T00:00:00Z"), None),
    ] {
        let fetched = fetched.map(|moment| moment.parse().unwrap());
        let sidecar = Sidecar { doc: "pier".to_owned(), fetched, ..Sidecar::default() };
        let parsed = read(recoup_model::Item { sidecar, ..page(&article(head, body)) });
        let document = &parsed.documents[0];
        assert_eq!(document.published.map(|day| day.date.to_string()).as_deref(), day, "{fetched:?}");
        assert_eq!(document.fetched, fetched);
        let told = parsed.diagnostics.iter().any(|told| told.code == "html.published_later");
        assert_eq!(told, day != Some("2025-03-20"), "{fetched:?}");
    }
}

#[test]
fn the_manifest_goes_before_the_page() {
    let sidecar = Sidecar {
        doc: "007".to_owned(),
        published: Some(date(2024, 1, 2)),
        outlet: Some("The Sidecar".to_owned()),
        url: Some("https://side.example/a".to_owned()),
        ..Sidecar::default()
    };
    let html = printed("news-portal", "harbour.en");
    let document = read(recoup_model::Item { sidecar, ..page(&html) }).documents.remove(0);
    assert_eq!(document.published.map(|p| (p.date, p.from)), Some((date(2024, 1, 2), PublishedFrom::Sidecar)));
    assert_eq!((document.doc.as_str(), document.outlet.as_deref()), ("007", Some("The Sidecar")));
    assert_eq!(document.url.as_deref(), Some("https://side.example/a"));
}

#[test]
fn pages_without_an_article_are_set_aside() {
    let filler = Filler::of("en");
    let shell = |title: &str, body: &str| {
        format!("<html lang=\"en\"><head><title>{title}</title></head><body>{body}</body></html>")
    };
    let menu = filler.menu(20);
    let closed = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge","isAccessibleForFree":"False"}</script>"#;
    let opening = "<p>The bridge over the Tarn was hit twice before dawn on Monday, and at least seven people who had slept in \
                   the toll house were wounded, the council said.</p>";
    let cases = [
        (
            "html.error_page",
            shell(
                "404 Not Found",
                &format!(
                    "{menu}<h1>Page not found</h1><p>We looked everywhere, but the page that you asked for has gone.</p>"
                ),
            ),
        ),
        (
            "html.error_page",
            shell("Just a moment...", "<p>Checking your browser before you may enter. This takes a few seconds.</p>"),
        ),
        (
            "html.error_page",
            shell(
                "Page introuvable - Le Courrier",
                "<h1>Page introuvable</h1><p>La page que vous cherchez n’existe plus.</p>",
            ),
        ),
        ("html.cookie_wall", shell("The Meridian Post", &filler.cookies().repeat(2))),
        (
            "html.cookie_wall",
            shell(
                "Le Courrier",
                "<div><p>Avec votre consentement, nos partenaires et nous utilisons des cookies et vos données personnelles pour des publicités personnalisées.</p><button>x</button><p><b>Tout accepter</b> <b>Continuer sans accepter</b></p></div>",
            ),
        ),
        ("html.paywall", shell("Bridge", &format!("{closed}<h1>Bridge</h1>{opening}"))),
        (
            "html.paywall",
            shell(
                "Bridge",
                &format!("<h1>Bridge</h1>{opening}<div class=\"wall\"><p>Subscribe to continue reading.</p></div>"),
            ),
        ),
        (
            "html.paywall",
            shell(
                "Pont",
                &format!(
                    "<h1>Pont</h1>{opening}<p>Il vous reste 80 % de cet article à lire. La suite est réservée aux abonnés.</p>"
                ),
            ),
        ),
        ("html.no_article", shell("The Meridian Post", &format!("<nav>{menu}</nav>{}", filler.cards(20)))),
        ("html.no_article", shell("App", "<div id=\"root\"></div><script>boot()</script>")),
        (
            "html.low_quality",
            shell(
                "",
                "<p>The ferry will not sail on Monday because of the storm, the company says, and none on Tuesday either for that matter at all.</p>",
            ),
        ),
        ("parse.empty", String::new()),
    ];
    for (code, html) in cases {
        let parsed = read(page(&html));
        let codes: Vec<&str> = parsed.diagnostics.iter().map(|d| d.code.as_str()).collect();
        assert!(parsed.documents.is_empty() && codes == [code], "{code}: {codes:?} {html}");
        assert!(parsed.diagnostics[0].help.is_some());
    }
}

#[test]
fn an_opening_is_read_where_it_is_asked_for() {
    let html = article("", "").replace("</body>", "<p>Subscribe to continue reading.</p></body>");
    let html = html
        .replace("It was the third strike on the crossing since the middle of the month, and engineers said that ", "");
    let options = HtmlOptions { paywall_stubs: true, ..HtmlOptions::default() };
    assert!(read(page(&html)).documents.is_empty());
    assert_eq!(through::<Html>(options, page(&html)).documents.len(), 1);
}

#[test]
fn what_is_no_page_is_left_to_other_stages() {
    for text in ["The bridge was hit.", "<rss version=\"2.0\"></rss>", "<?xml version=\"1.0\"?><feed></feed>"] {
        let parsed = read(item("in/a", Body::Text(text.to_owned())));
        assert!(parsed.documents.is_empty() && parsed.diagnostics.is_empty(), "{text}");
    }
    let sniffed = read(item("in/a", Body::Text(printed("blog-wordpress", "selmi.fr"))));
    assert_eq!(sniffed.documents.len(), 1);
}

#[test]
fn encodings() {
    let html = printed("agency-line-breaks", "bref.fr").replace('’', "'");
    let expected = read(page(&html)).documents.remove(0).text;
    let named = html.replace("charset=utf-8", "charset=iso-8859-15");
    let utf_16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(html.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let bodies = [
        ("named", encoding_rs::ISO_8859_15.encode(&named).0.into_owned()),
        ("wrongly named UTF-8", encoding_rs::WINDOWS_1252.encode(&html).0.into_owned()),
        ("UTF-16", utf_16),
    ];
    for (name, bytes) in bodies {
        let item = recoup_model::Item { body: Body::Base64(STANDARD.encode(bytes)), ..page("") };
        assert_eq!(read(item).documents[0].text, expected, "{name}");
    }
}

fn live_page(json: bool) -> String {
    let post =
        |hour: &str, day: &str, head: &str, text: &str| (format!("{day}T{hour}:00Z"), head.to_owned(), text.to_owned());
    let posts = [
        post(
            "18:40",
            "2025-03-15",
            "Council meets at midnight",
            "The council of ministers will meet at midnight to discuss the fall of the harbour, its spokeswoman said.",
        ),
        post(
            "12:05",
            "2025-03-14",
            "Harbour reported lost",
            "Two officers told reporters that the harbour of Kesh had been lost and that 120 soldiers had laid down their arms.",
        ),
        post(
            "06:20",
            "2025-03-14",
            "First shells on Kesh",
            "The first shells fell on the customs house shortly before dawn; at least four dock workers were wounded.",
        ),
    ];
    let updates: Vec<_> = posts
        .iter()
        .map(|(at, head, text)| serde_json::json!({ "@type": "BlogPosting", "headline": head, "datePublished": at, "articleBody": text }))
        .collect();
    let linked = serde_json::json!({ "@type": "LiveBlogPosting", "headline": "Kesh: the battle as it happened", "datePublished": "2025-03-14T06:00:00Z", "liveBlogUpdate": updates });
    let script = if json { format!("<script type=\"application/ld+json\">{linked}</script>") } else { String::new() };
    let shown: String = posts
        .iter()
        .map(|(at, head, text)| {
            format!(
                "<article class=\"post\"><time datetime=\"{at}\">{}</time><h2>{head}</h2><p>{text}</p></article>",
                &at[11..16]
            )
        })
        .collect();
    format!(
        "<html lang=\"en\"><head><title>Kesh: the battle as it happened</title>{script}</head><body><h1>Kesh: the battle as it \
         happened</h1><div class=\"stream\">{shown}</div></body></html>"
    )
}

#[test]
fn a_live_blog_is_split_into_its_posts() {
    for json in [true, false] {
        let documents = read(page(&live_page(json))).documents;
        let shown: Vec<_> = documents
            .iter()
            .map(|d| (d.doc.as_str(), d.published.unwrap().date.to_string(), d.title.as_deref().unwrap()))
            .collect();
        let expected = [
            ("page#1", "2025-03-15".to_owned(), "Council meets at midnight"),
            ("page#2", "2025-03-14".to_owned(), "Harbour reported lost"),
            ("page#3", "2025-03-14".to_owned(), "First shells on Kesh"),
        ];
        assert_eq!(shown, expected, "JSON-LD {json}");
        assert!(documents[1].text.ends_with("laid down their arms."), "{}", documents[1].text);
    }
}
