"use strict";
// What the page can do besides being read: sort, filter, draw the samples.
document.documentElement.className = "live loading";
document.addEventListener("DOMContentLoaded", () => {
const STEP = 500;     // rows shown at once: more of them make a page slow
const FIRST = 50;     // rows whose samples are drawn at once
const FEW = 40;       // samples that are drawn one by one
const LANE = 14;      // height of a column's part of a drawing
const WIDTH = 200;    // of a drawing, in units of its own
const main = document.querySelector("main");
const make = (tag, props) => Object.assign(document.createElement(tag), props);
const number = text => text === "+Inf" ? Infinity : text === "-Inf" ? -Infinity
	: text === undefined || text === "" ? NaN : Number(text);

// ---- Samples ----

// What the cell says: a scale, and for every column its samples.
const parse = cell => {
	const [factor, decimals, prefix] = cell.dataset.f.split(" ");
	const lanes = cell.dataset.s.split(";").map((text, column) => {
		const [center, low, high, n, ...values] = text.split(" ");
		return text && {column, n, center: number(center),
			low: number(low), high: number(high),
			values: values.map(number).filter(isFinite)};
	});
	return {lanes: lanes.filter(Boolean), count: lanes.length,
		print: v => isFinite(v)
			? (v / factor).toFixed(decimals) + prefix
			: v > 0 ? "\u221e" : v < 0 ? "-\u221e" : "?"};
};

// Like the median of the table: linear between neighbours.
const quantile = (values, q) => {
	const at = (values.length - 1) * q, i = Math.floor(at);
	const next = values[Math.min(i + 1, values.length - 1)];
	return values[i] + (at - i) * (next - values[i]);
};

const bounds = lanes => {
	let low = Infinity, high = -Infinity;
	for (const lane of lanes) {
		for (const v of [lane.center, lane.low, lane.high,
			lane.values[0], lane.values[lane.values.length - 1]]) {
			if (Number.isFinite(v)) {
				low = Math.min(low, v);
				high = Math.max(high, v);
			}
		}
	}
	const room = (high - low) * 0.03 || Math.abs(high) * 0.01 || 1;
	return low > high ? null : [low - room, high + room];
};

// Numbers only: nothing of the input becomes markup here.
const drawLane = (lane, x, column) => {
	const y = column * LANE + LANE / 2, values = lane.values;
	const line = (name, v, dy) => isFinite(v)
		? `<path class=${name} d="M${x(v)} ${y - dy}v${2 * dy}"/>` : "";
	let out = `<g class=c${lane.column % 4}>`;
	if (isFinite(lane.low) && isFinite(lane.high))
		out += `<path class=range d="M${x(lane.low)} ${y}H${x(lane.high)}"/>`;
	if (values.length > FEW) {
		const a = x(quantile(values, 0.25)), b = x(quantile(values, 0.75));
		out += `<path class=whisker d="M${x(values[0])} ${y}H${a}M${b} ${y}` +
			`H${x(values[values.length - 1])}"/>` +
			`<path class=box d="M${a} ${y - 4}H${b}v8H${a}z"/>`;
	} else {
		out += `<path class=dots d="${values.map(
			v => `M${x(v)} ${y - 4}v8`).join("")}"/>`;
	}
	return out + line("center", lane.center, 5) + "</g>";
};

const describe = (lane, names, print) => `${names[lane.column]}: median ` +
	`${print(lane.center)}, from ${print(lane.low)} to ${print(lane.high)}` +
	`, n = ${lane.n}`;

const namesOf = cell => [...cell.closest("table").tHead.querySelectorAll("th.v")]
	.map(head => head.dataset.c);

const draw = cell => {
	if (cell.firstChild)
		return;
	cell.parentNode.querySelectorAll("[data-i]").forEach(drawInterval);
	const {lanes, count, print} = parse(cell), range = bounds(lanes);
	if (!range)
		return;
	const x = v => ((v - range[0]) / (range[1] - range[0]) * WIDTH).toFixed(2);
	cell.innerHTML = `<svg role=img preserveAspectRatio=none ` +
		`viewBox="0 0 ${WIDTH} ${count * LANE}" height=${count * LANE}>` +
		lanes.map(lane => drawLane(lane, x, lane.column)).join("") + "</svg>";
	const names = namesOf(cell);
	cell.firstChild.setAttribute("aria-label",
		lanes.map(lane => describe(lane, names, print)).join("; "));
};

// ---- Intervals of changes ----

const intervalOf = cell => cell.dataset.i.split(" ").map(Number);

// Half of what the drawings of a table span: nine of ten intervals fit in.
const reaches = new Map();
const reachOf = table => {
	if (!reaches.has(table)) {
		const all = [...table.querySelectorAll("[data-i]")]
			.map(cell => Math.max(...intervalOf(cell).map(Math.abs)))
			.sort((a, b) => a - b);
		reaches.set(table, Math.max(0.01,
			quantile(all, 0.9) * 1.1));
	}
	return reaches.get(table);
};

const drawInterval = cell => {
	const reach = reachOf(cell.closest("table"));
	const x = v => ((Math.max(-1, Math.min(1, v / reach)) + 1) / 2 * WIDTH)
		.toFixed(2);
	const [low, high] = intervalOf(cell).map(x);
	cell.insertAdjacentHTML("beforeend", "<svg aria-hidden=true " +
		`preserveAspectRatio=none viewBox="0 0 ${WIDTH} 8" height=8>` +
		`<path class=zero d="M${WIDTH / 2} 0v8"/>` +
		`<path class=interval d="M${low} 4H${high}"/></svg>`);
};

const seen = new IntersectionObserver(entries => {
	for (const entry of entries)
		if (entry.isIntersecting) {
			draw(entry.target);
			seen.unobserve(entry.target);
		}
}, {rootMargin: "300px"});

// ---- Values under the pointer ----

const tip = make("div", {id: "tip", hidden: true});
document.body.append(tip);

// Beside the point X, Y, but on the screen.
const placeTip = (text, x, y) => {
	tip.textContent = text;
	tip.hidden = false;
	const left = Math.min(x + 12, innerWidth - tip.offsetWidth - 8);
	tip.style.left = Math.max(8, left) + "px";
	tip.style.top = (y + 16 + tip.offsetHeight < innerHeight
		? y + 16 : y - tip.offsetHeight - 8) + "px";
};

const showTip = event => {
	const svg = event.target.closest && event.target.closest(".plot svg");
	if (!svg) {
		tip.hidden = true;
		return;
	}
	const cell = svg.parentNode, {lanes, count, print} = parse(cell);
	const box = svg.getBoundingClientRect(), range = bounds(lanes);
	const column = Math.floor((event.clientY - box.top) / box.height * count);
	const lane = lanes.find(l => l.column === column) || lanes[0];
	const at = range[0] + (event.clientX - box.left) / box.width *
		(range[1] - range[0]);
	let near = lane.center;
	for (const v of lane.values)
		if (Math.abs(v - at) < Math.abs(near - at))
			near = v;
	placeTip(`${print(near)}\n` + describe(lane, namesOf(cell), print),
		event.clientX, event.clientY);
};
for (const name of ["pointermove", "pointerdown"])
	main.addEventListener(name, showTip);
main.addEventListener("pointerleave", () => { tip.hidden = true; });

// With keys: one drawing of a table can be reached, arrows go on from it.
const showAllOf = cell => {
	draw(cell);
	const {lanes, print} = parse(cell), names = namesOf(cell);
	const box = cell.getBoundingClientRect();
	placeTip(lanes.map(lane => describe(lane, names, print) +
		(lane.values.length > FEW ? ""
			: ":\n" + lane.values.map(print).join(" "))).join("\n"),
		box.left, box.bottom);
};
main.addEventListener("focusin", event => {
	if (event.target.matches("td.plot"))
		showAllOf(event.target);
});
main.addEventListener("focusout", () => { tip.hidden = true; });
main.addEventListener("keydown", event => {
	const cell = event.target;
	if (event.key === "Escape")
		tip.hidden = true;
	const step = {ArrowUp: "previousElementSibling",
		ArrowDown: "nextElementSibling"}[event.key];
	if (!step || !cell.matches("td.plot"))
		return;
	event.preventDefault();
	let row = cell.parentNode[step];
	while (row && row.hidden)
		row = row[step];
	if (!row)
		return;
	cell.tabIndex = -1;
	row.lastElementChild.tabIndex = 0;
	row.lastElementChild.focus();
});

// ---- Rows: which, how many, in which order ----

const search = make("input", {type: "search", placeholder: "part of a name"});
search.setAttribute("aria-label", "show benchmarks whose name contains");

// What a row can be: a selector that one of its cells must match.
const kinds = [["all rows", ""], ["changed", ".d.worse, .d.better, .d[data-v]" +
	":not(.same)"], ["worse", ".d.worse"], ["better", ".d.better"],
	["not passed by the gate", ".verdict.fail, .verdict.open"]];
const kind = make("select");
kind.setAttribute("aria-label", "show rows that are");
for (const [text, selector] of kinds)
	if (!selector || main.querySelector("tbody :is(" + selector + ")"))
		kind.append(make("option", {textContent: text, value: selector}));
kind.hidden = kind.options.length < 2;
const status = make("span", {className: "same"});
status.setAttribute("role", "status");
const form = make("form");
form.append(search, kind, status);
form.addEventListener("submit", event => event.preventDefault());
main.querySelector("section:not(.gate)").before(form);

const tables = [...document.querySelectorAll("table")].map(table => {
	const body = table.tBodies[0];
	const more = make("button", {className: "more", type: "button"});
	table.after(more);
	return {table, body, more, limit: STEP,
		rows: [...body.rows].map((row, index) => ({row, index,
			name: row.cells[0].textContent,
			folded: row.cells[0].textContent.toLowerCase()}))};
});

// The drawing that the tab key reaches: the first that is shown.
const enter = entry => {
	const old = entry.body.querySelector(".plot[tabindex='0']");
	const item = entry.rows.find(item => !item.row.hidden);
	if (old)
		old.removeAttribute("tabindex");
	if (item)
		item.row.lastElementChild.tabIndex = 0;
};

const show = entry => {
	const part = search.value.toLowerCase();
	let found = 0;
	for (const item of entry.rows) {
		const fits = item.folded.includes(part) && (!kind.value ||
			item.row.querySelector(kind.value) !== null);
		item.row.hidden = !fits || found >= entry.limit;
		found += fits;
	}
	enter(entry);
	entry.more.hidden = found <= entry.limit;
	entry.more.textContent = `show all ${found} rows`;
	return found;
};

const showAll = () => {
	let found = 0, count = 0;
	for (const entry of tables) {
		found += show(entry);
		count += entry.rows.length;
	}
	status.textContent = found === count ? `${count} rows`
		: `${found} of ${count} rows`;
};

// What a row is sorted by in the column of a header; undefined comes last.
const keyOf = (item, place) => {
	const cell = item.row.cells[place], value = cell.dataset.v;
	if (place === 0)
		return item.name;
	return value === undefined || isNaN(number(value)) ? undefined
		: number(value);
};

const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
const byName = new Intl.Collator(undefined, {numeric: true}).compare;

const sort = (entry, head, place) => {
	const old = head.getAttribute("aria-sort");
	const order = old === "ascending" ? "descending"
		: old === "descending" ? "none" : "ascending";
	for (const th of entry.table.tHead.querySelectorAll("[aria-sort]"))
		th.setAttribute("aria-sort", "none");
	head.setAttribute("aria-sort", order);
	const sign = order === "descending" ? -1 : 1;
	const keyed = entry.rows.map(item => ({item, key: keyOf(item, place)}));
	keyed.sort((a, b) => order === "none" ? a.item.index - b.item.index
		: (a.key === undefined) - (b.key === undefined) ||
			sign * (place === 0 ? byName : compare)(a.key, b.key) ||
			a.item.index - b.item.index);
	entry.rows = keyed.map(k => k.item);
	// To append rows that are there already takes thirty times as long.
	entry.body.replaceChildren(...entry.rows.map(item => item.row));
	show(entry);
};

for (const entry of tables) {
	for (const head of entry.table.tHead.querySelectorAll("[data-k]")) {
		const button = make("button", {type: "button"});
		button.append(...head.childNodes);
		head.append(button);
		head.setAttribute("aria-sort", "none");
		button.addEventListener("click",
			() => sort(entry, head, Number(head.dataset.k)));
	}
	entry.more.addEventListener("click", () => {
		entry.limit = Infinity;
		show(entry);
	});
}
document.querySelectorAll("tbody .plot").forEach((cell, i) =>
	i < FIRST ? draw(cell) : seen.observe(cell));
search.addEventListener("input", showAll);
kind.addEventListener("change", showAll);
// On paper there is no button for more, and nothing comes into view.
addEventListener("beforeprint", () => {
	for (const entry of tables)
		entry.limit = Infinity;
	showAll();
	for (const cell of document.querySelectorAll("tr:not([hidden]) .plot"))
		draw(cell);
});
showAll();
document.documentElement.className = "live";
});
