use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use eloops_server::auth::token::Refusal::{Algorithm, Malformed, Signature, UnknownKey};
use serde_json::json;

use super::{Forger, List};
use crate::tokens::signer::signed_part;

pub(super) fn list(forger: &Forger, list: &mut List) {
    let genuine = forger.genuine();
    let (signed, signature) = genuine.rsplit_once('.').unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let with = |bytes: &[u8]| format!("{signed}.{}", URL_SAFE_NO_PAD.encode(bytes));

    list.add("empty", format!("{signed}."), Malformed);
    list.add("cut", format!("{signed}.{}", &signature[..100]), Signature);
    list.add("one byte", with(&[1]), Signature);
    list.add("all zeros", with(&[0; 256]), Signature);
    list.add("all ones", with(&[0xff; 256]), Signature);
    list.add("the modulus", with(forger.ours.numbers().0), Signature);
    list.add(
        "a zero more in front",
        with(&[&[0], bytes.as_slice()].concat()),
        Signature,
    );
    list.add(
        "a zero more behind",
        with(&[bytes.as_slice(), &[0]].concat()),
        Signature,
    );
    list.add(
        "twice",
        format!("{signed}.{signature}{signature}"),
        Signature,
    );
    list.add(
        "of another token",
        {
            let another = forger.with(json!({"name": "another"}));
            format!("{signed}.{}", another.rsplit_once('.').unwrap().1)
        },
        Signature,
    );
    for changes in [
        json!({"oid": crate::tokens::forger::CLIENT}),
        json!({"roles": ["Eloops.Admin"]}),
    ] {
        let payload = crate::tokens::forger::merge(forger.claims(), changes.clone()).to_string();
        let swapped = signed_part(&forger.header().to_string(), &payload);
        list.add(
            format!("of the token before {changes}"),
            format!("{swapped}.{signature}"),
            Signature,
        );
    }
    for bit in [0, 7, 8, 1023, 1024, 2040, 2047] {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        list.add(format!("bit {bit} flipped"), with(&flipped), Signature);
    }
    bits_of_the_rest(forger, list, signature);
    encodings(list, signed, signature);
}

/// One bit of the payload or the header flipped under the genuine signature.
fn bits_of_the_rest(forger: &Forger, list: &mut List, signature: &str) {
    let (header, payload) = (forger.header().to_string(), forger.claims().to_string());
    for at in [0, 9, 40, payload.len() / 2, payload.len() - 1] {
        let mut flipped = payload.clone().into_bytes();
        flipped[at] ^= 1;
        let part = URL_SAFE_NO_PAD.encode(flipped);
        let head = URL_SAFE_NO_PAD.encode(&header);
        list.add(
            format!("payload byte {at} flipped"),
            format!("{head}.{part}.{signature}"),
            Signature,
        );
    }
    for (text, rule) in [("RS256", Algorithm), ("ours", UnknownKey), ("{", Malformed)] {
        let mut flipped = header.clone().into_bytes();
        flipped[header.find(text).unwrap()] ^= 1;
        let part = URL_SAFE_NO_PAD.encode(flipped);
        let rest = URL_SAFE_NO_PAD.encode(&payload);
        list.add(
            format!("header's {text:?} flipped"),
            format!("{part}.{rest}.{signature}"),
            rule,
        );
    }
}

/// The genuine signature, written otherwise: none of them is base64url as RFC 7515 §2 has it.
fn encodings(list: &mut List, signed: &str, signature: &str) {
    let (start, last) = signature.split_at(signature.len() - 1);
    // The last character carries two bits of the signature; the other four have to be zero.
    let loose = match last {
        "A" => "B",
        "Q" => "R",
        "g" => "h",
        _ => "x",
    };
    let standard = signature.replace('-', "+").replace('_', "/");
    assert_ne!(standard, signature, "342 characters hold some that differ");
    for (name, written) in [
        ("with padding", format!("{signature}==")),
        ("with one padding character", format!("{signature}=")),
        ("in standard base64", standard),
        ("with bits beyond its end", format!("{start}{loose}")),
        ("with a space inside", format!("{start} {last}")),
        ("with a newline inside", format!("{start}\n{last}")),
        ("with a NUL inside", format!("{start}\0{last}")),
        ("with percent signs", signature.replace('_', "%5F") + "%3D"),
        ("with a newline behind", format!("{signature}\n")),
        ("with a space behind", format!("{signature} ")),
    ] {
        list.add(name, format!("{signed}.{written}"), Signature);
    }
}
