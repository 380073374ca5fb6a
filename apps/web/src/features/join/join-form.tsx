import { generateRoomId, isGeneratedRoomId, meantRoomId } from "@parley/protocol";
import { useRef, useState, type SubmitEvent } from "react";
import { storedName } from "../../storage/identity.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { checkName, checkRoomCode, codeIn, type JoinProblem } from "./checks.ts";

/** A code and a name, and the way in. Errors stand beneath the field that they concern. */
export function JoinForm({
  code: givenCode,
  problem: givenProblem,
  onJoin,
}: {
  /** The code of a link that was followed; empty without one. */
  code: string;
  /** Why the last try was refused. */
  problem?: JoinProblem | undefined;
  /** Takes a canonical room id and a name, both checked. */
  onJoin: (roomId: string, name: string) => void;
}) {
  const [code, setCode] = useState(givenCode);
  const [name, setName] = useState(() => storedName().read() ?? "");
  const [problem, setProblem] = useState(givenProblem);
  const codeField = useRef<HTMLInputElement>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const errorOf = (field: JoinProblem["field"]) =>
    problem?.field === field ? problem.message : undefined;
  const firstFocus = givenCode === "" || problem?.field === "code" ? "code" : "name";

  // The code of a link is taken as it stands.
  const meant = code === givenCode ? undefined : meantRoomId(code);

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

  const openNew = () => {
    const fresh = generateRoomId();
    setCode(fresh);
    join(fresh);
  };

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    join(meant ?? code);
  };

  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      <Field
        ref={codeField}
        label="Room code"
        value={code}
        error={errorOf("code")}
        hint={code === givenCode ? undefined : hintOn(code, meant)}
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
      <Field
        ref={nameField}
        label="Your name"
        value={name}
        error={errorOf("name")}
        placeholder="What the others call you"
        autoFocus={firstFocus === "name"}
        autoComplete="nickname"
        dir="auto"
        enterKeyHint="go"
        onChange={(event) => {
          setName(event.target.value);
          setProblem(undefined);
        }}
      />
      {errorOf("form") && (
        <p role="alert" className="rounded-md bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
          {errorOf("form")}
        </p>
      )}
      <div className="grid grid-cols-[1fr_auto] gap-3">
        <Button look="primary" type="submit" className="h-12">
          Join room
        </Button>
        <Button className="h-12" onClick={openNew}>
          New room
        </Button>
      </div>
    </form>
  );
}

/**
 * Which room a code that was typed in another way leads to. A code made by hand works; who uses one
 * should know what it means.
 */
function hintOn(code: string, meant: string | undefined): string | undefined {
  if (meant) return meant === code ? undefined : `Opens ${meant}.`;
  const room = checkRoomCode(code);
  if (!room.ok || isGeneratedRoomId(room.value)) return undefined;
  return "This code is easy to guess. For a private talk, open a new room.";
}
