import { unreachable } from "@parley/protocol";
import { kindOf } from "../../room/files/kinds.ts";
import { FileCard } from "./file-card.tsx";
import { type FileViewProps, useFileUrl } from "./use-file.ts";
import { Picture } from "./picture.tsx";
import { Sound, Video, VoicePlayer } from "./players.tsx";

/** A file of a message, as its kind is shown. */
export function FileView(props: FileViewProps) {
  const url = useFileUrl(props.file, props.isPending);
  const kind = kindOf(props.file);
  switch (kind) {
    case "picture":
      return <Picture {...props} url={url} />;
    case "video":
      return <Video {...props} url={url} />;
    case "sound":
      return <Sound {...props} url={url} />;
    case "voice":
      return <VoicePlayer {...props} url={url} />;
    case "text":
    case "other":
      return <FileCard {...props} isText={kind === "text"} />;
    default:
      return unreachable(kind);
  }
}
