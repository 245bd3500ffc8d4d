//! Sentence splitting as a table: in each case `|` stands where one sentence ends and the next begins.
#![allow(clippy::unwrap_used)]

use recoup_language::sentences;
use recoup_model::Span;

/// The text with `|` where the splitter finds an end. Blanks between sentences stay before the bar.
fn marked(text: &str) -> String {
    let mut out = String::new();
    let mut from = 0;
    for sentence in sentences(text, Span::new(0, text.len()).unwrap()).iter().skip(1) {
        out.push_str(&text[from..sentence.start()]);
        out.push('|');
        from = sentence.start();
    }
    out.push_str(&text[from..]);
    out
}

fn check(cases: &[&str]) {
    let wrong: Vec<_> = cases
        .iter()
        .filter_map(|case| {
            let found = marked(&case.replace('|', ""));
            (found != *case).then(|| format!("expected  {case}\n   found  {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn plain_ends() {
    check(&[
        "Le port est fermé. |Les navires attendent au large.",
        "The port is closed. |Ships wait offshore.",
        "Qui a tiré ? |Personne ne le sait ! |Le maire se tait.",
        "Who fired? |Nobody knows! |The mayor is silent.",
        "Trois obus sont tombés… |Aucun n'a explosé.",
        "Trois obus sont tombés... |Aucun n'a explosé.",
        "Vraiment ?! |Oui.",
        "Vraiment ? ! |Oui.",
        "Douze blessés. |65 autres ont été évacués.",
        "Douze blessés. |Énorme incendie au dépôt.",
        "Fin de la trêve. |À Mossoul, les tirs reprennent.",
        "La liste est close\u{a0}! |Le vote commence.",
        "Rien à signaler",
        "Une route ; un pont ; une gare : tout est coupé.",
    ]);
}

#[test]
fn titles_and_initials() {
    check(&[
        "M. Haddad et MM. Traoré et Koné ont signé. |Mme Diop a refusé.",
        "Selon le Dr. Amara, le bilan est lourd. |Le Pr. Sow confirme.",
        "Gen. Okello met Col. Banda and Lt. Moyo. |Capt. Phiri stayed away.",
        "Lt-Col. Mensah a parlé. |Le Gén. Kaboré aussi.",
        "Mr. Reed, Mrs. Hall and Ms. Fox of St. Mary's left. |Sen. Ward stayed.",
        "Le col. |Les soldats l'ont franchi à l'aube.",
        "Le col. Banda et le gén. Sow ont signé. |Le lt. Moyo aussi.",
        "Le texte de J. K. Osei circule. |Il date de mai.",
        "The essay by John R. Bell was cut. |He complained.",
        "J.-P. Mbemba a démenti. |Son avocat aussi.",
        "Le plan B. |Les généraux y tiennent.",
        "Le ministre l'a écrit sur X. |Le message a disparu.",
        "M. Le Guen était à Kidal.",
    ]);
}

#[test]
fn shortened_words() {
    check(&[
        "Env. 300 familles, etc. |Les autres suivront.",
        "Des fusils, des mines, etc. et des vivres.",
        "L'art. 4 du traité s'applique. |Le no. 5 aussi.",
        "See fig. 3 and No. 12 on p. 40. |The rest is lost.",
        "Did they agree? |No. |They refused.",
        "It began on Feb. 3 and ended on Dec. 14. |Nobody won.",
        "It ended in Dec. |Troops stayed.",
        "Entre le 3 janv. 2024 et le 1er févr. 2024, rien. |Puis tout.",
        "Ils étaient sept. |300 autres attendaient.",
        "Bataillon c. régiment : 3 morts, cf. annexe. |Le juge tranchera.",
        "Tél. 01 00 00 00 00 pour témoigner.",
        "Rome a tenu jusqu'en 50 av. J.-C. environ.",
    ]);
}

#[test]
fn acronyms_and_hours() {
    check(&[
        "U.S. Navy jets struck at dawn. |The U.N. Security Council met.",
        "They fled to the U.S. |The others stayed.",
        "Une mission de l'O.N.U. est arrivée. |La R.D.C. proteste.",
        "Le chef de l'O.N.U. |Il a parlé hier.",
        "Shelling stopped at 5 p.m. |A truce holds.",
        "Shelling stopped at 5 p.m. Monday, residents said.",
        "It began at 4 a.m. GMT and lasted.",
        "It began at 4 a.m. Baghdad time.",
        "Acme Corp. Defence sold it. |Acme Corp. |The firm denies it.",
    ]);
}

#[test]
fn figures_and_addresses() {
    check(&[
        "Quelque 10.000 hommes, des balles de 7.62 et 1.5 tonne de vivres.",
        "Some 1,376.5 sq km changed hands. |None was retaken.",
        "1. Le front du nord tient. |2. Le sud recule.",
        "Voir www.exemple.org/carte. |Le site est en panne.",
        "Voir https://exemple.org/a?B=C.D pour la carte. |Le reste suit.",
        "Écrire à bureau.presse@exemple.org. |Merci.",
        "Le portail Gov.Uk répond.",
        "Le rapport le dit.[3] |Les auteurs le maintiennent.",
    ]);
}

#[test]
fn quotations_and_brackets() {
    check(&[
        "« Ils sont partis. |Nous restons », dit-elle. |Le village est vide.",
        "« Tenez bon ! » a lancé le maire. |La foule s'est tue.",
        "« Tenez bon. » |La foule s'est tue.",
        "«\u{a0}Tenez bon.\u{a0}» |La foule s'est tue.",
        "“They left. |We stay,” she said. |The village is empty.",
        "\"They left. |We stay,\" she said. |\"No one came.\" |The village is empty.",
        "\"Why?\" he asked. |\"Because.\"",
        "'They left.' |The village is empty.",
        "Le bilan est faux (voir plus bas). |Il sera revu.",
        "Le bilan est faux. |(Lire page 3.) |Il sera revu.",
        "Il parle de « M. Keita » et du « col. adjoint ».",
        "La lettre finit par « une trêve ». .",
        "[…] La suite manque. |On cherche.",
        "Le convoi (...) Sarir a été bloqué.",
        "Il s'est tu : « Assez. » |– Assez ? |– Oui.",
        "« Qui ? » |« Eux. »",
        "\" Tenez bon. \" |La foule s'est tue.",
    ]);
}

#[test]
fn glued_copy() {
    check(&[
        "La trêve a pris fin.|Le pont est coupé.",
        "La trêve a pris fin en 2021.|Le pont est coupé.",
        "Abonnez-vous ici !|En mai, le pont a sauté.",
        "Subscribe here to read on!|In May, the bridge fell.",
        "La trêve a pris fin.|« Le pont est coupé », dit-on.",
        "« La trêve a pris fin.»|Le pont est coupé.",
        "La trêve a pris fin.|L’armée avance.",
        "Combien ?|Mille.",
        "M.Haddad est reparti, U.S.Army comprise.",
        "La version 2.B du plan.",
    ]);
}

#[test]
fn blank_lines_end_a_sentence_and_line_breaks_do_not() {
    check(&["Le pont\nest coupé. |Le gué\naussi.", "Titre sans point\n\n|Le pont est coupé.", "Titre\r\n \r\n|Suite."]);
}

#[test]
fn spans_count_in_the_whole_text() {
    let text = "Hors champ. Un pont. Une gare. Hors champ.";
    let found = sentences(text, Span::new(12, 30).unwrap());
    let words: Vec<_> = found.iter().map(|s| s.slice(text).unwrap()).collect();
    assert_eq!(words, ["Un pont.", "Une gare."]);
}

#[test]
fn what_holds_no_word_is_kept_and_what_slices_nothing_is_empty() {
    let whole = |text: &str| sentences(text, Span::new(0, text.len()).unwrap());
    assert_eq!(whole(" *** "), [Span::new(1, 4).unwrap()]);
    assert_eq!(whole("Fin. ***"), [Span::new(0, 8).unwrap()]);
    assert!(whole(" \n ").is_empty());
    assert!(sentences("é", Span::new(1, 2).unwrap()).is_empty());
    assert!(sentences("court", Span::new(0, 99).unwrap()).is_empty());
}

#[test]
fn long_runs_of_terminators_are_read_in_one_pass() {
    for unit in ["K. ", ". ", ".(", "«.\" ", "«. "] {
        let text = unit.repeat(60_000);
        assert_eq!(sentences(&text, Span::new(0, text.len()).unwrap()).len(), 1, "{unit:?}");
    }
    let text = "Un. ".repeat(60_000);
    assert_eq!(sentences(&text, Span::new(0, text.len()).unwrap()).len(), 60_000);
}
