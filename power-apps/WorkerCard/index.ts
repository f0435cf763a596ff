// What the host loads: the control, made known under its name. A host that has no registry looks for a
// global of that name instead.
import { WorkerCard } from "./control";

const host = globalThis as unknown as {
  ComponentFramework?: { registerControl?: (name: string, control: typeof WorkerCard) => void };
  Eloops?: { WorkerCard?: typeof WorkerCard };
};

if (host.ComponentFramework?.registerControl) {
  host.ComponentFramework.registerControl("Eloops.WorkerCard", WorkerCard);
} else {
  (host.Eloops ??= {}).WorkerCard = WorkerCard;
}
