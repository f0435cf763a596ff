// The Power Apps code component: the card on a model-driven form. It keeps the host's life cycle and
// hands over what the host knows; everything else is the card's.
import { load, type Module } from "./module";
import { read, type Inputs, type Settings, type Trouble } from "./settings";
import { hasWorkers, readWorker } from "./worker";

type Context = ComponentFramework.Context<Inputs>;
type Card = ReturnType<Module["mount"]>;

export class WorkerCard implements ComponentFramework.StandardControl<Inputs, Record<string, never>> {
  #context!: Context;
  #place!: HTMLDivElement;
  #card: Card | undefined;
  /** What is shown, or on its way to be. */
  #settings: Settings | undefined;
  #hasWorkers: Promise<boolean> | undefined;
  #gone = false;

  init(context: Context, _changed?: () => void, _state?: ComponentFramework.Dictionary, container?: HTMLDivElement): void {
    this.#context = context;
    this.#place = document.createElement("div");
    this.#place.className = "eloops-card";
    container?.append(this.#place);
    context.mode.trackContainerResize(true);
    this.#say("status", "Loading");
    // The module is large and the same whatever the form says: it starts at once.
    load().catch(() => undefined);
  }

  updateView(context: Context): void {
    this.#context = context;
    const settings = read(context.parameters, context.fluentDesignLanguage?.isDarkTheme);
    if (typeof settings === "string") {
      this.#leave();
      this.#say("alert", settings);
    } else if (!same(settings, this.#settings)) {
      // The host calls for every resize, too: nothing new, nothing to do.
      this.#settings = settings;
      void this.#show(settings);
    }
  }

  getOutputs(): Record<string, never> {
    return {};
  }

  destroy(): void {
    this.#gone = true;
    this.#leave();
    this.#place.remove();
  }

  async #show(settings: Settings): Promise<void> {
    try {
      const [module, talent] = await Promise.all([load(), this.#talent()]);
      // A later update, or the end, may have come meanwhile.
      if (this.#gone || this.#settings !== settings) return;
      const { worker, api, theme } = settings;
      const locale = settings.locale ?? module.readHost(`userlcid=${this.#context.userSettings.languageId}`).locale;
      const options = { worker, ...(locale && { locale }), ...(theme && { theme }) };
      if (this.#card) {
        this.#card.update(options);
      } else {
        this.#place.replaceChildren();
        this.#card = module.mount(this.#place, { ...options, api, ...(talent && { talent }) });
      }
    } catch (error) {
      if (this.#gone || this.#settings !== settings) return;
      console.error("Eloops.WorkerCard:", error);
      this.#leave();
      this.#say("alert", isForbidden(error) ? "Trouble_Policy" : "Trouble_Module");
    }
  }

  /** The way to the worker record in Dataverse, where the environment has workers; else the card asks the server. */
  async #talent(): Promise<((worker: string) => Promise<unknown>) | undefined> {
    this.#hasWorkers ??= hasWorkers(this.#context.webAPI);
    if (!(await this.#hasWorkers)) return undefined;
    return (worker) => readWorker(this.#context.webAPI, worker);
  }

  /** Takes the card off, and with it the person's session. */
  #leave(): void {
    this.#card?.destroy();
    this.#card = undefined;
    this.#settings = undefined;
  }

  #say(role: "status" | "alert", key: "Loading" | Trouble | "Trouble_Policy" | "Trouble_Module"): void {
    const text = document.createElement("p");
    text.setAttribute("role", role);
    text.textContent = this.#context.resources.getString(key);
    this.#place.replaceChildren(text);
  }
}

/** Whether the page's content security policy refuses WebAssembly. */
function isForbidden(error: unknown): boolean {
  return error instanceof WebAssembly.CompileError && /unsafe-eval|disallowed|Content.Security.Policy/i.test(error.message);
}

function same(a: Settings, b: Settings | undefined): boolean {
  return b !== undefined && a.worker === b.worker && a.api === b.api && a.locale === b.locale && a.theme === b.theme;
}
