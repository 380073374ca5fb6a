import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";

/** A file that would do harm if it ran, or if too much were made of it. */
export interface EvilFile {
  readonly what: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a script tries that runs in a page of the app. Each leaves a trace. */
export const PAYLOAD = [
  "try{document.cookie='evil=1'}catch(e){}",
  "try{localStorage.setItem('evil','1')}catch(e){}",
  "try{sessionStorage.setItem('evil','1')}catch(e){}",
  "try{fetch('/evil-ran')}catch(e){}",
  "try{new Image().src='/evil-ran'}catch(e){}",
  "try{top.postMessage('evil','*')}catch(e){}",
  "try{alert('evil')}catch(e){}",
].join(";");
const SCRIPT = `<script>${PAYLOAD}</script>`;
const HTML = `<!doctype html><title>evil</title>${SCRIPT}<img src=x onerror="${PAYLOAD}">`;
const SVG_BODY = `<script>${PAYLOAD}</script><rect width="9" height="9" onload="${PAYLOAD}"/>`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="${PAYLOAD}">${SVG_BODY}</svg>`;
const XHTML = `<html xmlns="http://www.w3.org/1999/xhtml"><body onload="${PAYLOAD}">${SCRIPT}</body></html>`;
const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const JPEG_HEAD = Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0x10, 0x00]);

function bytesOf(...pieces: readonly (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(pieces.map((piece) => Buffer.from(piece as string))));
}

function utf16(text: string): Uint8Array<ArrayBuffer> {
  return bytesOf(Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le"));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A PNG of one colour with 1 bit a pixel: small as a file. */
function png(width: number, height: number, more: readonly Buffer[] = []): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 1;
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 9 });
  return bytesOf(
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    ...more,
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  );
}

/** A PNG with a text that unpacks to 30 MB. */
function pngBomb(): Uint8Array<ArrayBuffer> {
  const text = deflateSync(Buffer.alloc(30_000_000, "A"), { level: 9 });
  return png(8, 8, [chunk("zTXt", Buffer.concat([Buffer.from("Comment\0\0", "latin1"), text]))]);
}

/** A GIF that never ends: a thousand frames without a delay, again and again. */
function endlessGif(): Uint8Array<ArrayBuffer> {
  const frame = "21f90404000000002c00000000010001000002024401003b".slice(0, -2);
  const loop = "21ff0b4e45545343415045322e300301000000";
  const head = "4749463839610100010080000000000000ffffff00";
  return bytesOf(Buffer.from(head + loop + frame.repeat(1_000) + "3b", "hex"));
}

/** A zip with one file of 100 MB of zeros. */
function zipBomb(): Uint8Array<ArrayBuffer> {
  const packed = deflateRawSync(Buffer.alloc(100_000_000), { level: 9 });
  const head = Buffer.alloc(30);
  head.write("PK\u0003\u0004", 0, "latin1");
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(100_000_000, 22);
  head.writeUInt16LE(1, 26);
  return bytesOf(head, "0", packed);
}

const BILLION_LAUGHS = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">${"bcdefghij"
  .split("")
  .map((name, at) => `<!ENTITY ${name} "${`&${"abcdefghi"[at]};`.repeat(10)}">`)
  .join("")}]>`;

const file = (
  what: string,
  name: string,
  type: string,
  ...pieces: readonly (string | Uint8Array)[]
): EvilFile => ({ what, name, type, bytes: bytesOf(...pieces) });

export const HUGE = "a picture of 20,000 × 20,000 px";

/** Each would run a script, or hang a tab, if a server or a page took it for what it says. */
export const evilFiles: readonly EvilFile[] = [
  file("an SVG with scripts", "a.svg", "image/svg+xml", SVG),
  file("an SVG that says it is a PNG", "a.png", "image/png", SVG),
  file(
    "an SVG with HTML in it",
    "b.svg",
    "image/svg+xml",
    SVG.replace("<rect", `<foreignObject>${XHTML}</foreignObject><rect`),
  ),
  file(
    "an SVG with a billion laughs",
    "c.svg",
    "image/svg+xml",
    BILLION_LAUGHS,
    `<svg xmlns="http://www.w3.org/2000/svg"><text>&j;</text></svg>`,
  ),
  file("HTML", "a.html", "text/html", HTML),
  file("HTML that says it is a text", "a.txt", "text/plain", HTML),
  file("HTML that says it is a JPEG", "a.jpg", "image/jpeg", HTML),
  file("HTML without a type that is known", "b.html", "application/x-unknown", HTML),
  file(
    "HTML in a frame set",
    "frames.htm",
    "text/html",
    `<iframe srcdoc="${SCRIPT.replaceAll('"', "&quot;")}"></iframe><meta http-equiv=refresh content="0;url=javascript:${PAYLOAD}">`,
  ),
  file("XHTML", "a.xhtml", "application/xhtml+xml", XHTML),
  file(
    "MHTML",
    "a.mhtml",
    "multipart/related",
    `MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n${HTML}`,
  ),
  file(
    "MathML",
    "a.mml",
    "application/mathml+xml",
    `<math xmlns="http://www.w3.org/1998/Math/MathML" href="javascript:${PAYLOAD}"><mtext><html xmlns="http://www.w3.org/1999/xhtml">${SCRIPT}</html></mtext></math>`,
  ),
  file(
    "XML with a style sheet",
    "a.xml",
    "text/xml",
    `<?xml-stylesheet type="text/xsl" href="data:text/xml,${encodeURIComponent(`<x:stylesheet version="1.0" xmlns:x="http://www.w3.org/1999/XSL/Transform"><x:template match="/">${XHTML}</x:template></x:stylesheet>`)}"?><a/>`,
  ),
  file("XML with a billion laughs", "b.xml", "application/xml", BILLION_LAUGHS, "<l>&j;</l>"),
  file("a GIF that is a script", "a.gif", "image/gif", "GIF89a=1;", PAYLOAD, "//", GIF),
  file("a GIF that is HTML", "b.gif", "image/gif", GIF, HTML),
  file("a JPEG that is HTML", "b.jpg", "image/jpeg", JPEG_HEAD, HTML),
  file("a script that says it is a PNG", "b.png", "image/png", PAYLOAD),
  file("a script", "a.js", "text/javascript", PAYLOAD),
  file("a module", "a.mjs", "application/javascript", `export default 1;${PAYLOAD}`),
  file(
    "a service worker",
    "sw.js",
    "text/javascript",
    "self.addEventListener('fetch',e=>e.respondWith(new Response('evil')))",
  ),
  file(
    "a style sheet",
    "a.css",
    "text/css",
    "*{background:url(/evil-ran)}@import '/evil-ran';body::before{content:'evil'}",
  ),
  file(
    "a PDF with a script",
    "a.pdf",
    "application/pdf",
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\('evil'\\))>>>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>`,
  ),
  file("a PDF that is HTML", "b.pdf", "application/pdf", `%PDF-1.4\n${HTML}`),
  file(
    "a shortcut of Windows",
    "a.lnk",
    "application/x-ms-shortcut",
    Buffer.from("4c0000000114020000000000c000000000000046", "hex"),
  ),
  file(
    "an address as a file",
    "a.url",
    "application/internet-shortcut",
    `[InternetShortcut]\r\nURL=javascript:${PAYLOAD}\r\n`,
  ),
  file(
    "an HTML application",
    "a.hta",
    "application/hta",
    `<script language="VBScript">MsgBox "evil"</script>${HTML}`,
  ),
  file("WebAssembly", "a.wasm", "application/wasm", Buffer.from("0061736d01000000", "hex")),
  file("a Flash film", "a.swf", "application/x-shockwave-flash", "CWS\u0009", PAYLOAD),
  file("a text in UTF-16 that is HTML", "utf16.txt", "text/plain", utf16(HTML)),
  file(
    "a text in UTF-7 that is HTML",
    "utf7.txt",
    "text/plain",
    "+ADw-script+AD4-alert('evil')+ADw-/script+AD4-",
  ),
  file(
    "a text with a BOM that is HTML",
    "bom.txt",
    "text/plain",
    Buffer.from([0xef, 0xbb, 0xbf]),
    HTML,
  ),
  file("a text of one line of 3 MB", "long.txt", "text/plain", "a".repeat(3_000_000)),
  file(
    "a text with terminal codes and NULs",
    "codes.txt",
    "text/plain",
    "\u001B]0;evil\u0007\u0000\u202Eevil\u0000",
    "\u0300".repeat(10_000),
  ),
  file("nothing", "nothing.png", "image/png"),
  file(HUGE, "huge.png", "image/png", png(20_000, 20_000)),
  file("a picture that is 1 × 65,535 px", "tall.png", "image/png", png(1, 65_535)),
  file("a picture with a text of 30 MB", "bomb.png", "image/png", pngBomb()),
  file("a GIF that never ends", "endless.gif", "image/gif", endlessGif()),
  file("half a PNG", "half.png", "image/png", png(64, 64).subarray(0, 50)),
  file(
    "a broken film",
    "a.webm",
    "video/webm",
    Buffer.from("1a45dfa39f4286810142f7810142f2810442f381084282847765626d", "hex"),
    "evil".repeat(500),
  ),
  file(
    "a film that is HTML",
    "a.mp4",
    "video/mp4",
    Buffer.from("0000001866747970", "hex"),
    "mp42",
    HTML,
  ),
  file("a sound without an end", "a.wav", "audio/wav", "RIFF\u00ff\u00ff\u00ff\u007fWAVEfmt "),
  file("a zip bomb", "bomb.zip", "application/zip", zipBomb()),
  file(
    "a gzip bomb",
    "bomb.gz",
    "application/gzip",
    gzipSync(Buffer.alloc(100_000_000), { level: 9 }),
  ),
  file("an archive of Java", "a.jar", "application/java-archive", "PK\u0003\u0004", PAYLOAD),
  file("an event stream", "a.events", "text/event-stream", "data: evil\n\n"),
  file(
    "a manifest",
    "a.webmanifest",
    "application/manifest+json",
    `{"start_url":"javascript:alert(1)"}`,
  ),
  file("a name that reads backwards", "annual\u202Egnp.exe", "image/png", SVG),
  file("a name that is a path", "../../..%2f..%2fetc/passwd", "text/html", HTML),
  file("a name of a script in quotes", `"><script>alert(1)</script>.html`, "text/html", HTML),
  file("a name with line ends", "a\r\nContent-Type: text/html\r\n\r\n.txt", "text/plain", HTML),
  file("a name of HTML in an attribute", "x' onerror='alert(1)' .png", "image/png", HTML),
];

/** Names that no file may have. */
export const refusedNames: readonly string[] = [
  "",
  " \u200B\u202E",
  "x".repeat(300),
  "\uD800",
  "\0",
];
