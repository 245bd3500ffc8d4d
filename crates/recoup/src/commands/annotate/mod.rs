//! `recoup annotate`: articles with what was read in them, and what was not.

mod names;

use std::io::{self, Write};

use recoup_extract::{Annotation, Reason, Stranger, What, slots};
use recoup_model::{Claim, Document, Span};
use recoup_pipeline::{Annotated, Extracted};
use serde::Serialize;

use super::{print_set_aside, read};
use crate::args::{AnnotateArgs, Format};
use crate::failure::{Exit, Failure};
use crate::render::{Layout, excerpt, hanging, line_number, plain, short};
use crate::{terminal, words};

/// `color` says whether stdout takes colour.
pub(crate) fn run(args: &AnnotateArgs, color: bool, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (pipeline, extracted) = read(args.pipeline.as_deref(), &args.files, args.manifest.as_ref(), &args.threads)?;
    let annotated = recoup_pipeline::annotate(&pipeline, &extracted)?;
    let names = names::toml(documents(&extracted, &annotated));
    match args.format {
        _ if args.names => out.write_all(names.as_bytes())?,
        Format::Text => {
            print_text(&extracted, &annotated, color, out)?;
            if !names.is_empty() {
                writeln!(
                    out,
                    "\nNames that no pack knows, for a file of the theatre; kinds are guesses:\n\n{}",
                    names.trim_end()
                )?;
            }
        }
        Format::Json => print_json(&extracted, &annotated, out)?,
    }
    print_set_aside(&extracted.set_aside, &mut io::stderr())?;
    Ok(if extracted.set_aside.is_empty() { Exit::Done } else { Exit::SetAside })
}

/// The documents with what is known of them.
fn documents<'a>(
    extracted: &'a Extracted,
    annotated: &'a Annotated,
) -> impl Iterator<Item = (&'a Document, Option<&'a Annotation>)> {
    extracted.documents.iter().zip(annotated.documents.iter().map(Option::as_ref))
}

fn print_text(extracted: &Extracted, annotated: &Annotated, color: bool, out: &mut dyn Write) -> io::Result<()> {
    for (index, (document, annotation)) in documents(extracted, annotated).enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}\n", words::document(document))?;
        let own: Vec<Claim> = extracted.claims.iter().filter(|c| c.document == document.id).cloned().collect();
        print_article(document, &own, color, out)?;
        match annotation {
            Some(annotation) => print_untaken(document, annotation, out)?,
            None if annotated.reads => writeln!(out, "\n  No pack knows its language, so nothing was read.")?,
            None => writeln!(
                out,
                "\n  The pipeline does not use `rules`, and other extractors do not tell what they leave."
            )?,
        }
    }
    Ok(())
}

/// Every sentence, once for each claim that begins in it, with its words underlined.
fn print_article(document: &Document, claims: &[Claim], color: bool, out: &mut dyn Write) -> io::Result<()> {
    let layout = Layout { indent: 2, width: terminal::WIDTH, color };
    for block in &document.blocks {
        let whole = [block.span];
        let sentences = if block.sentences.is_empty() { &whole[..] } else { &block.sentences };
        for sentence in sentences {
            let begins = |c: &&Claim| (sentence.start()..sentence.end()).contains(&c.anchor.span().start());
            let mut found = claims.iter().filter(begins).peekable();
            if found.peek().is_none() {
                let nothing = Span::new(sentence.start(), sentence.start()).unwrap_or(*sentence);
                write!(out, "{}", excerpt(&document.text, *sentence, nothing, layout))?;
            }
            for claim in found {
                write!(out, "{}", excerpt(&document.text, *sentence, claim.anchor.span(), layout))?;
                writeln!(out, "{}", hanging("      ", &slots(document, claim, claims), terminal::WIDTH))?;
            }
        }
    }
    Ok(())
}

/// What no claim was made of, a line each: where, what, why.
fn print_untaken(document: &Document, annotation: &Annotation, out: &mut dyn Write) -> io::Result<()> {
    if annotation.untaken.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  Not taken:")?;
    for item in &annotation.untaken {
        let line = line_number(&document.text, item.span.start());
        let head = format!("  {line:>4}  {:<6}  “{}”  ", item.what.to_string(), short(&item.quote, 32));
        writeln!(out, "{}", hanging(&head, &item.reason.to_string(), terminal::WIDTH))?;
    }
    Ok(())
}

/// What `--format json` prints.
#[derive(Serialize)]
struct Printed<'a> {
    documents: Vec<PrintedDocument<'a>>,
}

#[derive(Serialize)]
struct PrintedDocument<'a> {
    doc: &'a str,
    document: &'a str,
    /// Null where nothing tells what was not taken.
    untaken: Option<Vec<PrintedItem<'a>>>,
    names: &'a [Stranger],
    claims: Vec<&'a Claim>,
}

#[derive(Serialize)]
struct PrintedItem<'a> {
    span: Span,
    line: usize,
    quote: &'a str,
    what: What,
    reason: &'a Reason,
    /// The reason in plain words.
    why: String,
}

fn print_json(extracted: &Extracted, annotated: &Annotated, out: &mut dyn Write) -> io::Result<()> {
    let printed = documents(extracted, annotated).map(|(document, annotation)| PrintedDocument {
        doc: &document.doc,
        document: &document.id,
        untaken: annotation.map(|a| {
            a.untaken
                .iter()
                .map(|item| PrintedItem {
                    span: item.span,
                    line: line_number(&document.text, item.span.start()),
                    quote: &item.quote,
                    what: item.what,
                    reason: &item.reason,
                    why: plain(&item.reason.to_string()),
                })
                .collect()
        }),
        names: annotation.map_or(&[][..], |a| &a.strangers),
        claims: extracted.claims.iter().filter(|c| c.document == document.id).collect(),
    });
    serde_json::to_writer_pretty(&mut *out, &Printed { documents: printed.collect() })?;
    out.write_all(b"\n")
}
