import { generateRoomId, isGeneratedRoomId, meantRoomId } from "@parley/protocol";
import { useEffect, useLayoutEffect, useRef, useState, type SubmitEvent } from "react";
import { storedName } from "../../storage/identity.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { checkName, checkRoomCode, codeIn, type JoinProblem } from "./checks.ts";

/**
 * A name and a code, and a button to join; without a code, a new room. Errors are shown below the
 * field that they concern.
 */
export function JoinForm({
  code: givenCode,
  invited = false,
  problem: givenProblem,
  onJoin,
}: {
  /** The code of the link that was followed; empty without one. */
  code: string;
  /** The code is valid and shown elsewhere: only a name is asked for. */
  invited?: boolean;
  /** Why the last join was refused. */
  problem?: JoinProblem | undefined;
  /** Called with a canonical room id and a name, both checked. */
  onJoin: (roomId: string, name: string) => void;
}) {
  const [code, setCode] = useState(givenCode);
  const [known] = useState(() => storedName().read());
  const [typedName, setTypedName] = useState(known);
  const [proposal, setProposal] = useState<string>();
  const [problem, setProblem] = useState(givenProblem);
  const [sentEarly, setSentEarly] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const codeField = useRef<HTMLInputElement>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const name = typedName ?? proposal ?? "";
  const errorOf = (field: JoinProblem["field"]) =>
    problem?.field === field ? problem.message : undefined;
  const firstFocus =
    problem?.field === "code" || (known !== undefined && !invited) ? "code" : "name";

  const wantsProposal = known === undefined && !invited;
  useEffect(() => {
    if (wantsProposal) void proposeName().then(setProposal);
  }, [wantsProposal]);
  // Typing replaces it, also a key that is pressed before the next frame.
  useLayoutEffect(() => {
    const field = nameField.current;
    if (proposal === field?.value && document.activeElement === field) field?.select();
  }, [proposal]);

  // What was typed before the app was there (start-page.js); with a name, it may have been sent, too.
  useLayoutEffect(() => {
    const [earlyName, earlyCode] = [nameField.current?.value, codeField.current?.value];
    if (earlyName && earlyName !== known) setTypedName(earlyName);
    if (earlyCode && earlyCode !== givenCode) setCode(codeIn(earlyCode));
    setSentEarly(wasSentEarly() && Boolean(earlyName));
  }, [known, givenCode]);
  useEffect(() => {
    if (sentEarly) form.current?.requestSubmit();
  }, [sentEarly]);

  // The code of a link is used as it is.
  const meant = code === givenCode ? undefined : meantRoomId(code);
  const isEmpty = code.trim() === "";

  const join = (withCode: string) => {
    const room = checkRoomCode(withCode);
    const person = checkName(name);
    if (!room.ok) {
      setProblem({ field: "code", message: room.message });
      codeField.current?.focus();
    } else if (!person.ok) {
      setProblem({ field: "name", message: person.message });
      nameField.current?.focus();
    } else {
      onJoin(room.value, person.value);
    }
  };

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    join(isEmpty ? generateRoomId() : (meant ?? code));
  };

  return (
    <form ref={form} onSubmit={submit} noValidate className="grid gap-5">
      <Field
        ref={nameField}
        label="Your name"
        value={name}
        error={errorOf("name")}
        hint={typedName === undefined && proposal && "A proposal: take it, or write your own."}
        placeholder="What the others call you"
        autoFocus={firstFocus === "name"}
        autoComplete="nickname"
        dir="auto"
        enterKeyHint="go"
        onChange={(event) => {
          setTypedName(event.target.value);
          setProblem(undefined);
        }}
      />
      {!invited && (
        <Field
          ref={codeField}
          label="Room code"
          value={code}
          error={errorOf("code")}
          hint={hintOn(code, meant, code === givenCode)}
          placeholder="7k3-f9qd-2xm"
          className="font-mono"
          autoFocus={firstFocus === "code"}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          onChange={(event) => {
            setCode(codeIn(event.target.value));
            setProblem(undefined);
          }}
          onBlur={() => meant && setCode(meant)}
        />
      )}
      {errorOf("form") && (
        <p role="alert" className="rounded-md bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
          {errorOf("form")}
        </p>
      )}
      <Button look="primary" type="submit" className="h-12">
        {isEmpty ? "Start a room" : "Join room"}
      </Button>
    </form>
  );
}

/** Whether the form was sent before the app was there; true only once. */
function wasSentEarly(page: { sentEarly?: boolean } = globalThis as object): boolean {
  const { sentEarly = false } = page;
  page.sentEarly = false;
  return sentEarly;
}

/**
 * A hint on the room that a code leads to. A hand-made code works, but is easier to guess.
 * @param meant the room that the code leads to if it was typed in another form
 * @param given whether it is the code of a link
 */
function hintOn(code: string, meant: string | undefined, given: boolean): string | undefined {
  if (code.trim() === "") return "Leave it empty to start a new room.";
  if (given) return undefined;
  if (meant) return meant === code ? undefined : `Opens ${meant}.`;
  const room = checkRoomCode(code);
  if (!room.ok || isGeneratedRoomId(room.value)) return undefined;
  return "This code is easy to guess. For a private talk, leave it empty and start a room.";
}

async function proposeName(): Promise<string> {
  return (await import("./proposed-name.ts")).proposedName();
}
