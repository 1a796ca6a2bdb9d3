/* vis-network for the page of kg draw: a script by itself, which defines `vis`. */
import { DataSet } from "vis-data";
import { Network } from "vis-network";

(globalThis as unknown as { vis: object }).vis = { DataSet, Network };
