import { expect, it } from "vitest";
import { EventReader } from "./event-reader.ts";

const STREAM = [
  'HTTP/1.1 200 OK\r\n\r\n14\r\ndata: {"type":"joined"}\n\n\r\n',
  '3\r\n:\n\n\r\n28\r\nid: e.1.x\ndata: {"n":1}\n\nid: e.2.y\ndata: {"n":2}\n\n\r\n',
  '18\r\nid: e.3.z\ndata: {"n":3}\n\n\r\n',
].join("");

it.each([1, 2, 3, 7, 1_000])("finds the data of each event in pieces of %i bytes", (size) => {
  const found: string[] = [];
  const reader = new EventReader((bytes, start, end) => {
    found.push(bytes.toString("latin1", start, end));
  });
  // The head of the answer was read before, up to the chunk that begins the body.
  const body = Buffer.from(`\n${STREAM.slice(STREAM.indexOf("data"))}`);
  for (let at = 0; at < body.length; at += size) reader.read(body.subarray(at, at + size));
  expect(found).toEqual(['{"type":"joined"}', '{"n":1}', '{"n":2}', '{"n":3}']);
});
