//! Films for tests, made box by box, with everything that cameras write into them.

/// What must not be left: place, device, person, time, comment, in all the places where cameras leave them.
pub(super) const CANARIES: [&[u8]; 13] = [
    b"+47.3769+008.5417/",
    b"com.apple.quicktime.location.ISO6709",
    b"CANARY-LOCI",
    b"CANARY-XMP",
    b"CANARY-FREE",
    b"CANARY-UNKNOWN",
    b"CANARY-TRACK-UDTA",
    b"CANARY-HANDLER",
    b"CANARY-GPS-SAMPLE",
    b"CANARY-TABLE-UUID",
    b"CANARY-TITLE",
    b"CANARY-APP",
    b"CANARY-ATTACHED",
];

/// The bytes of the pictures.
pub(super) const PICTURES: &[u8] = b"PICTURES-AND-SOUND-AS-THEY-CAME";

const GPS_SAMPLES: [&[u8]; 2] = [b"CANARY-GPS-SAMPLE-1", b"CANARY-GPS-SAMPLE-22"];

fn boxed(kind: &[u8; 4], content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let size = u32::try_from(content.len() + 8).unwrap();
    [&size.to_be_bytes(), &kind[..], &content].concat()
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_be_bytes())
        .collect()
}

/// A header with times of creation and change, and room for the rest.
fn header(kind: &[u8; 4], long: bool) -> Vec<u8> {
    let version: &[u8] = if long { &[1, 0, 0, 0] } else { &[0; 4] };
    boxed(kind, &[version, &[0xE0; 16], &[0; 80]])
}

fn handler(kind: &[u8; 4]) -> Vec<u8> {
    boxed(
        b"hdlr",
        &[&[0; 8], kind, &[0; 12], b"CANARY-HANDLER of a phone\0"],
    )
}

fn track(kind: &[u8; 4], tables: &[&[u8]]) -> Vec<u8> {
    let table = boxed(b"stbl", tables);
    let information = boxed(b"minf", &[&boxed(b"nmhd", &[&[0; 4]]), &table]);
    let media = boxed(
        b"mdia",
        &[&header(b"mdhd", false), &handler(kind), &information],
    );
    let own = boxed(b"udta", &[b"CANARY-TRACK-UDTA"]);
    boxed(b"trak", &[&header(b"tkhd", false), &own, &media])
}

/// An MP4 as phones and action cameras write them: two tracks, one of measurements. With large sizes its data have
/// a size of 64 bits, as long films do.
pub(super) fn mp4(large_sizes: bool) -> Vec<u8> {
    let start = boxed(b"ftyp", &[b"mp42\0\0\0\0isom"]);
    let data_head = if large_sizes { 16 } else { 8 };
    // The data stand first, so that their places are known.
    let places = start.len() + data_head;
    let gps = u32::try_from(places + PICTURES.len()).unwrap();
    let first = u32::try_from(GPS_SAMPLES[0].len()).unwrap();
    let second = u32::try_from(GPS_SAMPLES[1].len()).unwrap();
    let data = [PICTURES, GPS_SAMPLES[0], GPS_SAMPLES[1]].concat();
    let data = if large_sizes {
        let size = u64::try_from(data.len() + 16).unwrap();
        [
            &1_u32.to_be_bytes(),
            &b"mdat"[..],
            &size.to_be_bytes(),
            &data,
        ]
        .concat()
    } else {
        boxed(b"mdat", &[&data])
    };
    let measured = track(
        b"meta",
        &[
            &boxed(b"stsz", &[&numbers(&[0, 0, 2, first, second])]),
            &boxed(b"stsc", &[&numbers(&[0, 1, 1, 1, 1])]),
            &boxed(b"stco", &[&numbers(&[0, 2, gps, gps + first])]),
        ],
    );
    let shown = track(
        b"vide",
        &[
            &boxed(b"uuid", &[&[9; 16], b"CANARY-TABLE-UUID"]),
            &boxed(b"stsz", &[&numbers(&[0, 31, 1])]),
        ],
    );
    let user = boxed(
        b"udta",
        &[
            &boxed(b"\xA9xyz", &[b"\0\x12\x15\xC7+47.3769+008.5417/"]),
            &boxed(b"loci", &[b"CANARY-LOCI"]),
        ],
    );
    let meta = boxed(
        b"meta",
        &[&boxed(
            b"keys",
            &[b"mdtacom.apple.quicktime.location.ISO6709"],
        )],
    );
    let movie = boxed(
        b"moov",
        &[
            &header(b"mvhd", large_sizes),
            &user,
            &meta,
            &measured,
            &shown,
        ],
    );
    let xmp = boxed(b"uuid", &[&[0xBE; 16], b"<x:xmpmeta>CANARY-XMP"]);
    let free = boxed(b"free", &[b"CANARY-FREE"]);
    let unknown = boxed(
        b"mojo",
        &[b"CANARY-UNKNOWN CANARY-TITLE CANARY-APP CANARY-ATTACHED"],
    );
    [start, data, movie, xmp, free, unknown].concat()
}

fn element(id: &[u8], content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    // A size of four bytes, as some writers use for all.
    let size = u32::try_from(content.len()).unwrap() | 0x1000_0000;
    [id, &size.to_be_bytes(), &content].concat()
}

fn short(id: &[u8], content: &[u8]) -> Vec<u8> {
    let size = 0x80 | u8::try_from(content.len()).unwrap();
    [id, &[size], content].concat()
}

/// A WebM. Open-ended, segment and cluster have no size, as browsers record.
pub(super) fn webm(open_ended: bool) -> Vec<u8> {
    let start = element(
        b"\x1A\x45\xDF\xA3",
        &[&short(b"\x42\x86", &[1]), &short(b"\x42\x82", b"webm")],
    );
    let info = element(
        b"\x15\x49\xA9\x66",
        &[
            &short(b"\x2A\xD7\xB1", &[0x0F, 0x42, 0x40]),
            &short(b"\x44\x61", b"\x01\x02\x03\x04\x05\x06\x07\x08"),
            &short(b"\x7B\xA9", b"CANARY-TITLE"),
            &short(b"\x4D\x80", b"CANARY-APP"),
            &short(b"\x57\x41", b"CANARY-APP of a phone"),
        ],
    );
    let track = element(
        b"\xAE",
        &[
            &short(b"\xD7", &[1]),
            &short(b"\x83", &[1]),
            &short(b"\x53\x6E", b"CANARY-HANDLER CANARY-TRACK-UDTA"),
            &short(b"\xBF", b"\x01\x02\x03\x04"),
        ],
    );
    let tracks = element(b"\x16\x54\xAE\x6B", &[&track]);
    let tags = element(
        b"\x12\x54\xC3\x67",
        &[b"+47.3769+008.5417/ com.apple.quicktime.location.ISO6709 CANARY-LOCI CANARY-XMP CANARY-GPS-SAMPLE CANARY-TABLE-UUID"],
    );
    let attached = element(b"\x19\x41\xA4\x69", &[b"CANARY-ATTACHED"]);
    let void = short(b"\xEC", b"CANARY-FREE");
    let unknown = short(b"\x4D\xBB", b"CANARY-UNKNOWN");
    let block = element(b"\xA3", &[PICTURES]);
    let time = short(b"\xE7", &[0]);
    let inside = if open_ended {
        let cluster = [&b"\x1F\x43\xB6\x75\xFF"[..], &time, &block, &void].concat();
        [
            info,
            tracks,
            cluster.clone(),
            cluster,
            tags,
            attached,
            unknown,
        ]
        .concat()
    } else {
        let cluster = element(b"\x1F\x43\xB6\x75", &[&time, &block]);
        [info, tracks, void, tags, attached, unknown, cluster].concat()
    };
    if open_ended {
        let head = b"\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
        [&start[..], head, &inside].concat()
    } else {
        [start, element(b"\x18\x53\x80\x67", &[&inside])].concat()
    }
}
