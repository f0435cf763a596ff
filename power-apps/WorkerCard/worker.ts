// The worker record from Dataverse, read as the signed-in user and without a token of ours. Columns and
// option values as the table cdm_worker has them; nothing private is asked for.

type WebApi = Pick<ComponentFramework.WebApi, "retrieveMultipleRecords">;

const TABLE = "cdm_worker";
const COLUMNS = ["cdm_workernumber", "cdm_fullname", "cdm_profession", "cdm_primaryemailaddress", "cdm_status", "cdm_type", "_cdm_managerworkerid_value"];
const FORMATTED = "@OData.Community.Display.V1.FormattedValue";

const STATUS: Readonly<Record<number, string>> = { 754400000: "Employed", 754400001: "Terminated" };
const TYPE: Readonly<Record<number, string>> = { 754400000: "Employee", 754400001: "Contractor" };

/** A worker in the shape of `GET /api/v1/talent/workers/{number}`. */
export interface TalentWorker {
  worker_number: string;
  name: string;
  title?: string;
  email?: string;
  worker_status: string;
  worker_type?: string;
  manager_name?: string;
  has_photo: boolean;
  source: "talent";
  as_of: string;
}

/** Whether this environment has the table and lets the user read it. */
export async function hasWorkers(api: WebApi | undefined): Promise<boolean> {
  if (!api) return false;
  try {
    await api.retrieveMultipleRecords(TABLE, "?$select=cdm_workernumber&$top=1", 1);
    return true;
  } catch (error) {
    console.info(`Eloops.WorkerCard: ${TABLE} cannot be read here, the Eloops server is asked instead:`, message(error));
    return false;
  }
}

/** Reads one worker; rejects where there is none, none that the user may see, or more than one. */
export async function readWorker(api: WebApi, number: string, now: () => Date = () => new Date()): Promise<TalentWorker> {
  const literal = encodeURIComponent(`'${number.replaceAll("'", "''")}'`);
  const options = `?$select=${COLUMNS.join(",")}&$filter=cdm_workernumber%20eq%20${literal}`;
  const { entities } = await api.retrieveMultipleRecords(TABLE, options, 10);
  // Dataverse compares without regard to case.
  const rows = entities.filter((row) => row["cdm_workernumber"] === number);
  const [row] = rows;
  if (!row || rows.length > 1) throw new Error(`${rows.length} rows of ${TABLE} have this number`);
  const text = (value: unknown): string | undefined => (typeof value === "string" && value.trim() ? value : undefined);
  const shown = (column: string): string | undefined => text(row[column + FORMATTED]);
  const worker: TalentWorker = {
    worker_number: number,
    name: text(row["cdm_fullname"]) ?? number,
    worker_status: STATUS[row["cdm_status"] as number] ?? shown("cdm_status") ?? "",
    // The server gives the picture or says that there is none.
    has_photo: true,
    source: "talent",
    as_of: now().toISOString(),
  };
  const optional = {
    title: text(row["cdm_profession"]),
    email: text(row["cdm_primaryemailaddress"]),
    worker_type: TYPE[row["cdm_type"] as number],
    manager_name: shown("_cdm_managerworkerid_value"),
  };
  for (const [name, value] of Object.entries(optional)) if (value) Object.assign(worker, { [name]: value });
  return worker;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String((error as { message?: unknown } | null)?.message ?? error);
}
