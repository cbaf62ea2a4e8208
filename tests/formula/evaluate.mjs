// evaluate.mjs FOLDER - a formula, evaluated over tabs by Univer's formula engine, installed in FOLDER/node_modules.
//
// One JSON object a line on stdin: {"formula": "=…", "tabs": {"title": [[cell, …], …]}}, cells as Google holds them: text,
// number, true, false, null for an empty one. One line answered: {"rows": [[…]]}, errors as texts like #N/A.
//
// The text of the formula goes to the engine as it stands in the cell, but for ranges without a last row (A2:V), which the engine
// does not know: they get the last row of the tab. LET, IF, FILTER, HSTACK, VSTACK, VLOOKUP, MATCH and all else is the engine's.
// Where the engine follows Excel and Google differs, three functions stand in below, as Google's help describes them: ARRAYFORMULA,
// ARRAY_CONSTRAIN, and SORT with pairs of column and direction.
import { register } from "node:module";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

// Node 18 takes files of these folders for CommonJS, as their packages do not say that they are modules.
register("data:text/javascript," + encodeURIComponent(`
    export const load = (url, context, next) =>
        next(url, url.includes("/es/") || url.includes("/esm/") ? { ...context, format: "module" } : context);`));
const load = (name) => import(pathToFileURL(resolve(process.argv[2], "node_modules", name, "lib/es/index.js")));
const { LocaleType, LogLevel, Univer, UniverInstanceType } = await load("@univerjs/core");
const {
    ArrayValueObject, BaseFunction, ICalculateFormulaService, IFormulaCurrentConfigService, IFormulaRuntimeService,
    IFunctionService, UniverFormulaEnginePlugin,
} = await load("@univerjs/engine-formula");

const grid = (value) => (value.isArray() ? value.getArrayValue() : [[value]]);
const plain = (value) => (!value || value.isNull() ? null : value.getValue());

function array(rows) {
    return ArrayValueObject.create({
        calculateValueList: rows, rowCount: rows.length, columnCount: rows[0].length, unitId: "", sheetId: "", row: 0, column: 0,
    });
}

class ArrayFormula extends BaseFunction {
    minParams = 1;
    maxParams = 1;

    calculate(value) {
        return value;
    }
}

class ArrayConstrain extends BaseFunction {
    minParams = 3;
    maxParams = 3;

    calculate(value, rows, columns) {
        const failed = [value, rows, columns].find((each) => each.isError());
        return failed ?? array(grid(value).slice(0, plain(rows)).map((row) => row.slice(0, plain(columns))));
    }
}

// Numbers before texts before truth values; nothing stands last in both directions.
const rank = (value) => ["number", "string", "boolean"].indexOf(typeof value);

function order(a, b, rising) {
    if (a === null || b === null)
        return (a === null) - (b === null);
    const first = rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
    return rising ? first : -first;
}

class Sort extends BaseFunction {
    minParams = 3;
    maxParams = 255;

    calculate(range, ...pairs) {
        const failed = [range, ...pairs].find((each) => each.isError());
        if (failed)
            return failed;
        const keys = [];
        for (let at = 0; at < pairs.length; at += 2)
            keys.push({ column: plain(pairs[at]) - 1, rising: Boolean(plain(pairs[at + 1])) });
        const rows = [...grid(range)];
        rows.sort((a, b) => {
            for (const { column, rising } of keys) {
                const first = order(plain(a[column]), plain(b[column]), rising);
                if (first)
                    return first;
            }
            return 0;
        });
        return array(rows);
    }
}

const OPEN = /('(?:[^']|'')*')!([A-Z]+\d+:[A-Z]+)(?![A-Z\d])/g;

function close(formula, tabs) {
    return formula.replace(OPEN, (_, quoted, range) => {
        const title = quoted.slice(1, -1).replaceAll("''", "'");
        return `${quoted}!${range}${Math.max(2, tabs[title]?.length ?? 0)}`;
    });
}

function book(tabs) {
    const kinds = { string: 1, number: 2, boolean: 3 };
    const sheets = {};
    for (const [title, rows] of Object.entries({ ...tabs, "\u200bresult": [] })) {
        const id = `tab ${Object.keys(sheets).length}`;
        const cellData = {};
        rows.forEach((row, r) => {
            cellData[r] = {};
            row.forEach((cell, c) => {
                if (cell !== null)
                    cellData[r][c] = { v: typeof cell === "boolean" ? Number(cell) : cell, t: kinds[typeof cell] };
            });
        });
        const columnCount = Math.max(26, ...rows.map((row) => row.length));
        sheets[id] = { id, name: title, rowCount: Math.max(2, rows.length), columnCount, cellData };
    }
    return { id: "book", name: "book", sheetOrder: Object.keys(sheets), sheets, styles: {}, locale: "enUS", appVersion: "" };
}

async function evaluate({ formula, tabs }) {
    const univer = new Univer({ logLevel: LogLevel.SILENT, locale: LocaleType.EN_US, locales: {} });
    univer.registerPlugin(UniverFormulaEnginePlugin);
    const unit = book(tabs);
    univer.createUnit(UniverInstanceType.UNIVER_SHEET, unit);
    const engine = univer.__getInjector();
    engine.get(IFunctionService).registerExecutors(
        new ArrayFormula("ARRAYFORMULA"), new ArrayConstrain("ARRAY_CONSTRAIN"), new Sort("SORT"));
    const nothing = {
        formulaData: {}, arrayFormulaCellData: {}, arrayFormulaRange: {}, dirtyRanges: [], dirtyNameMap: {},
        dirtyDefinedNameMap: {}, dirtyUnitFeatureMap: {}, dirtyUnitOtherFormulaMap: {},
    };
    engine.get(IFormulaCurrentConfigService).load({ ...nothing, forceCalculate: true });
    engine.get(IFormulaRuntimeService).setCurrent(0, 0, 1, 1, unit.sheetOrder.at(-1), "book");
    let value = await engine.get(ICalculateFormulaService).calculate(close(formula, tabs));
    if (value?.isReferenceObject())
        value = value.toArrayValueObject();
    const rows = value ? grid(value).map((row) => row.map(plain)) : [["#ERROR!"]];
    univer.dispose();
    return { rows };
}

for await (const line of createInterface({ input: process.stdin }))
    console.log(JSON.stringify(await evaluate(JSON.parse(line))));
