// What attackers write, each so that it calls `__x(…)` if it runs.
const call = '__x(1)';

const elements = [
  `<script>${call}</script>`, `<ScRiPt>${call}</sCrIpT>`, `<script src="data:text/javascript,${call}"></script>`, `<script/x>${call}</script>`,
  `<scr<script>ipt>${call}</scr</script>ipt>`, `<script\n>${call}</script\n>`, `<<script>${call}//<</script>`, `<script>${call}`,
  `<svg><script>${call}</script></svg>`, `<svg><script href="data:,${call}"/></svg>`, `<math><mtext><script>${call}</script></mtext></math>`,
  `<noscript><p title="</noscript><script>${call}</script>">`, `<template><script>${call}</script></template>`,
  `<iframe src="javascript:parent.${call}"></iframe>`, `<iframe srcdoc="<script>parent.${call}</script>"></iframe>`,
  `<object data="javascript:${call}"></object>`, `<embed src="javascript:${call}">`, `<frameset onload=${call}><frame></frameset>`,
  `<meta http-equiv="refresh" content="0;url=javascript:${call}">`, `<base href="javascript:${call}//">`, `<link rel=stylesheet href="javascript:${call}">`,
  `<style>@import "javascript:${call}";</style>`, `<style>*{background:url(javascript:${call})}</style>`, `<link rel=import href="data:text/html,<script>${call}</script>">`,
];
const handlers = [
  `<img src=x onerror=${call}>`, `<img src=x onerror="${call}">`, `<img src=x onerror='${call}'>`, `<img/src=x/onerror=${call}>`, `<img src=x oNeRrOr=${call}>`,
  `<img src=x onerror\n=\n${call}>`, `<img src=x onerror\x0c=${call}>`, `<img src="x" \`onerror=${call}>`, `<img """><script>${call}</script>">`,
  `<img src=x:x onerror=${call}//`, `<img alt="\`" src=x onerror="${call}">`, `<image src=x onerror=${call}>`, `<svg onload=${call}>`, `<svg/onload=${call}>`,
  `<svg><animate onbegin=${call} attributeName=x dur=1s>`, `<svg><set onbegin=${call} attributeName=x>`, `<svg><g onload=${call}></g></svg>`, `<body onload=${call}>`, `<input autofocus onfocus=${call}>`,
  `<select autofocus onfocus=${call}>`, `<textarea autofocus onfocus=${call}>`, `<details open ontoggle=${call}>x`, `<video src=x onerror=${call}>`, `<video><source onerror=${call}>`,
  `<audio src=x onerror=${call}>`, `<marquee onstart=${call}>x</marquee>`, `<keygen autofocus onfocus=${call}>`, `<div onpointerenter=${call}>x</div>`, `<p onmouseover=${call}>x</p>`,
  `<a onclick=${call} href=#>x</a>`, `<button onclick=${call}>x</button>`, `<form onsubmit=${call}><button>x</button></form>`, `<xss style="animation-name:kb" onanimationstart=${call}>`,
  `<div tabindex=1 onfocus=${call} autofocus>x</div>`, `<x contenteditable onblur=${call}>x</x>`, `<object onerror=${call} data=x>`, `<isindex type=image src=1 onerror=${call}>`, `<img srcset=x onerror=${call}>`,
  `<table background="javascript:${call}"><td>x`, `<td onmouseover=${call}>x</td>`, `<dialog open onclose=${call}><form method=dialog><button>x`,
];
const breakouts = [
  `"><script>${call}</script>`, `'><script>${call}</script>`, `" onmouseover="${call}`, `' onmouseover='${call}`, `" autofocus onfocus="${call}`, `\` onmouseover=\`${call}`,
  `</title><script>${call}</script>`, `</textarea><script>${call}</script>`, `</style><script>${call}</script>`, `</script><script>${call}</script>`, `--><script>${call}</script>`, `--!><script>${call}</script>`,
  `]]><script>${call}</script>`, `</noscript><script>${call}</script>`, `</pre></code><script>${call}</script>`, `</svg><script>${call}</script>`, `</head><body onload=${call}>`, `&lt;script&gt;${call}&lt;/script&gt;`,
  `&#60;script&#62;${call}&#60;/script&#62;`, `\u003cscript\u003e${call}\u003c/script\u003e`, `%3Cscript%3E${call}%3C/script%3E`, `＜script＞${call}＜/script＞`, `\u2028<script>${call}</script>`, `<\u0000script>${call}</script>`.replace('\u0000', '\ufffd'),
  `{{ ${call} }}`, `{% raw %}<script>${call}</script>{% endraw %}`, `\${${call}}`, `{{constructor.constructor('${call}')()}}`, `\\"><script>${call}</script>`, `<!--><script>${call}</script>-->`,
];
const markdown = [
  `[a](javascript:${call})`, `[a](JaVaScRiPt:${call})`, `[a](java\tscript:${call})`, `[a](&#106;avascript:${call})`, `[a](&#x6A;avascript:${call})`, `[a]( javascript:${call})`, `[a](javascript&colon;${call})`,
  `[a](\x01javascript:${call})`, `[a](vbscript:${call})`, `[a](data:text/html,<script>${call}</script>)`, `[a](data:text/html;base64,PHNjcmlwdD5fX3goMSk8L3NjcmlwdD4=)`, `![a](javascript:${call})`, `![" onerror="${call}](x)`,
  `![a](x" onerror="${call})`, `![a](x 'x" onerror="${call}')`, `[a](x '" onmouseover="${call}')`, `<javascript:${call}>`, `<a href="javascript:${call}">a</a>`, `<a href="java&Tab;script:${call}">a</a>`, `<a href="&#1;javascript:${call}">a</a>`,
  `<form action="javascript:${call}"><button>a</button></form>`, `<button formaction="javascript:${call}">a</button>`, `<a href="//evil.example/x" ping="javascript:${call}">a</a>`, `<math href="javascript:${call}">a</math>`,
  `<svg><a xlink:href="javascript:${call}"><text>a</text></a></svg>`, `[a]: javascript:${call}\n\n[a]`, `[^<script>${call}</script>]: a\n\na[^<script>${call}</script>]`, `\`<script>${call}</script>\``, `**<script>${call}</script>**`, `<p id="kb-q" name="location">a</p>`,
  `<a id=config href=x></a><form name=body><input name=parentNode>`, `<math><mi//xlink:href="data:x,<script>${call}</script>">`, `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${call}&gt;">`,
  `<svg></p><style><a id="</style><img src=1 onerror=${call}>">`, `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${call}>`, `<noembed><img title="</noembed><img src onerror=${call}>"></noembed>`,
];

const newer = [
  `<div popover id=p onbeforetoggle=${call}>x</div><button popovertarget=p>x</button>`, `<div style="content-visibility:auto" oncontentvisibilityautostatechange=${call}>x`, `<input type=hidden oncontentvisibilityautostatechange=${call} style="content-visibility:auto">`,
  `<body onpageshow=${call}>`, `<body onhashchange=${call}><a href=#x>x`, `<body onscrollend=${call}>`, `<svg><animate attributeName=href values="javascript:${call}" /><a id=x><text>x`, `<svg><a><animate attributeName=href to=javascript:${call} /><text y=20>x</text></a></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><image href=x onerror=${call} /></svg>#x" /></svg>`, `<svg><foreignObject><iframe srcdoc="<script>parent.${call}</script>"></iframe></foreignObject></svg>`, `<svg><style><img src=x onerror=${call}></style></svg>`, `<svg><title><img src=x onerror=${call}></title></svg>`,
  `<svg><desc><script>${call}</script></desc></svg>`, `<math><annotation-xml encoding="text/html"><img src=x onerror=${call}></annotation-xml></math>`, `<math><maction actiontype="statusline#http://x" xlink:href="javascript:${call}">x</maction></math>`, `<math><style><img src=x onerror=${call}></style></math>`,
  `<select><option><style></option></select><img src=x onerror=${call}></style>`, `<table><tr><td><style></td></tr></table><img src=x onerror=${call}></style>`, `<title><img src="</title><img src=x onerror=${call}>">`, `<xmp><img title="</xmp><img src=x onerror=${call}>"></xmp>`,
  `<plaintext><img src=x onerror=${call}>`, `<listing><img title="</listing><img src=x onerror=${call}>">`, `<template shadowrootmode=open><img src=x onerror=${call}></template>`, `<div><template shadowrootmode=open><slot onslotchange=${call}></slot></template>x</div>`,
  `<iframe src="data:text/html,<script>parent.${call}</script>"></iframe>`, `<iframe name="x" onload=${call}></iframe>`, `<portal src="javascript:${call}"></portal>`, `<fencedframe src="javascript:${call}"></fencedframe>`, `<link rel=preload as=script href=x onload=${call}>`, `<link rel=stylesheet href="data:text/css,*{x:y}" onload=${call}>`,
  `<style onload=${call}></style>`, `<track default src=x oncuechange=${call}>`, `<video autoplay onloadstart=${call}><source src=x></video>`, `<img src=x: loading=eager decoding=sync onerror=${call}>`, `<img srcset="x 1x, y 2x" sizes=1px onerror=${call}>`, `<picture><source srcset=x><img onerror=${call}></picture>`,
  `<a href="javascript:${call}" download>x</a>`, `<a href="  java\nscript:${call}">x</a>`, `<a href="jav&#x0A;ascript:${call}">x</a>`, `<a href="javascript\u200b:${call}">x</a>`, `<a href="feed:javascript:${call}">x</a>`, `<a href="view-source:javascript:${call}">x</a>`, `<a href="blob:javascript:${call}">x</a>`, `<a href="filesystem:javascript:${call}">x</a>`,
  `<area href="javascript:${call}" shape=default><map name=x>`, `[a](<javascript:${call}>)`, `[a](\\u006aavascript:${call})`, `[a](javascript://%0a${call})`, `[a](data:image/svg+xml,<svg onload=${call}>)`, `![a](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9X194KDEpPg==)`, `<https://x" onmouseover="${call}>`, `[a][b]\n\n[b]: <javascript:${call}> "x"`,
  `| <img src=x onerror=${call}> |\n|---|\n| [a](javascript:${call}) |`, `Term <script>${call}</script>\n: <img src=x onerror=${call}>`, `- [ ] <img src=x onerror=${call}>\n  <svg onload=${call}>`, `> <details open ontoggle=${call}>`, `<details><summary onclick=${call} autofocus onfocus=${call} tabindex=0>x</summary></details>`, `<meta name=referrer content=x onerror=${call}>`,
  `<!DOCTYPE x [<!ENTITY y "<script>${call}</script>">]>&y;`, `<?php echo 1 ?><script>${call}</script>`, `<%<script>${call}</script>%>`, `<![if !x]><script>${call}</script><![endif]>`, `<x:script xmlns:x="http://www.w3.org/1999/xhtml">${call}</x:script>`, `<img src=x onerror=&#95;&#95;x(1)>`, `<img src=x onerror="\u005f_x(1)">`,
];

/** At least a hundred texts; each goes into every field. All of them by hand (`KB_CASES=all`), some of the newer ones otherwise. */
export const vectors = [...elements, ...handlers, ...breakouts, ...markdown, ...newer.filter((_, n) => process.env.KB_CASES || n % 6 === 0)];

/** Drawings and pages that somebody attached, by file name. */
export const attachments = Object.fromEntries([
  `<svg xmlns="http://www.w3.org/2000/svg" onload="${call}"/>`,
  `<svg xmlns="http://www.w3.org/2000/svg"><script>${call}</script></svg>`,
  `<svg xmlns="http://www.w3.org/2000/svg"><script href="data:text/javascript,${call}"/></svg>`,
  `<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="${call}"/></foreignObject></svg>`,
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:h="http://www.w3.org/1999/xhtml"><h:script>${call}</h:script><h:img src="x" onerror="${call}"/></svg>`,
  `<svg xmlns="http://www.w3.org/2000/svg"><animate onbegin="${call}" attributeName="x" dur="1s"/></svg>`,
  `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "<script xmlns='http://www.w3.org/2000/svg'>${call}</script>">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>`,
  `<!DOCTYPE svg [<!ATTLIST svg onload CDATA "${call}">]><svg xmlns="http://www.w3.org/2000/svg"/>`,
  `<svg xmlns="http://www.w3.org/2000/svg"><set attributeName="onmouseover" to="${call}"/><a href="java&#115;cript:${call}"><text y="20">x</text></a></svg>`,
  `<?xml-stylesheet type="text/xsl" href="#x"?><svg xmlns="http://www.w3.org/2000/svg"><image href="x" onerror="${call}"/></svg>`,
  `<svg xmlns="http://www.w3.org/2000/svg" onload=${call}></svg>`,
  `<svg xmlns="http://www.w3.org/2000/svg"><style>@import url("data:text/css,*{}");</style><a href="&#9;javascript:${call}"><text y="20">x</text></a></svg>`,
  `<svg xmlns="http://www.w3.org/2000/svg"><animate attributeName="href" values="javascript:${call}"/><handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">${call}</handler></svg>`,
  `<svg xmlns="http://www.w3.org/2000/svg"><use href="data:image/svg+xml,&lt;svg id='x' xmlns='http://www.w3.org/2000/svg' onload='${call}'/>#x"/><image href="javascript:${call}"/></svg>`,
  `<svg xmlns="http://www.w3.org/2000/svg"><![CDATA[</svg>]]><script>${call}</script></svg>`,
].map((text, n) => [`drawing-${n}.svg`, text]).concat([
  `<script>${call}</script>`, `<!doctype html><body onload="${call}">`, `<!--><script>${call}</script>`, `<!doctype html "><script>${call}</script>`, `<a href="javascript:${call}" autofocus onfocus="${call}">x</a>`,
  `<!DOCTYPE><meta http-equiv="Content-Security-Policy" content="script-src *"><script>${call}</script>`, `\ufeff<script>${call}</script>`, `<iframe srcdoc="<script>parent.${call}</script>"></iframe>`,
].map((text, n) => [`page-${n}.html`, text]), [
  ['page.xhtml', `<html xmlns="http://www.w3.org/1999/xhtml"><body onload="${call}"><script>${call}</script></body></html>`],
  ['data.xml', `<a><script xmlns="http://www.w3.org/1999/xhtml">${call}</script></a>`],
  ['run.js', call],
]));

/** A report that holds `vector` in every field. Tickets are not for the public: a build that finds one's words elsewhere stops. */
export function report(vector, n, tickets) {
  const text = JSON.stringify(vector);
  const line = vector.replaceAll('\n', ' ');
  return `---
title: ${text}
id: ${JSON.stringify(`X${n} ${line}`)}
date: 2026-0${1 + (n % 9)}-1${n % 10}
visibility: public
severity: ${n % 2 ? 'SEV1' : text}
components: [${text}, hub]
tags: [${text}, shared]
authors: [${text}]
participants: [${text}]
team: ${text}
aliases: [${JSON.stringify(`old ${n} ${line}`)}]
family: ${text}
trigger: ${text}
causes: [${text}]
fix: ${text}
status_page: ${text}
language: ${text}
impact: { users: ${text}, ${text}: 5 }
related: [{ id: ${text}, why: ${text} }]
links: [${text}, { title: ${text}, url: ${text} }]
${text}: ${text}
action_items:
  - { text: ${text}, owner: ${text}, ticket: ${tickets ? JSON.stringify(`T${n} ${line}`) : 'OPS-2'}, due: 2026-01-01, priority: ${text}, done_when: ${text}, reason: ${text} }
---

# ${line}

## Summary

${vector}

## ${line} {#x" onmouseover="__x(1)}

\`\`\`${line}
${vector}
\`\`\`

[${line}](<${line.replaceAll(/[<>]/g, '')}>) ![${line}](shown.svg "${line.replaceAll('"', "'")}") ![](drawing-${n % 15}.svg) \`${line}\`

> [!NOTE]
> ${line}

## Timeline

- 10:00 ${line}
- 10:30 [detected] ${line}
- 11:00 resolved ${line}

## Root cause

${vector}

1. Why? ${line}
2. Why? ${line}

## Action items

| Action | Owner | Ticket | State |
|---|---|---|---|
| ${line.replaceAll('|', '\\|')} | @${line.replaceAll('|', '\\|')} | ${tickets ? line.replaceAll('|', '\\|') : 'OPS-3'} | ${line.replaceAll('|', '\\|')} |

- [ ] ${line} @ada OPS-1
`;
}

/** Settings with vectors in every name. */
export function settings() {
  const all = (from) => JSON.stringify(vectors.slice(from, from + 12).join(' ').replaceAll(/[\n\x00-\x1f]/g, ' '));
  return `title = ${all(0)}
description = ${all(24)}
base_url = "https://kb.example/"
[severity]
labels = { SEV1 = ${all(30)} }
[people.ada]
name = ${all(36)}
team = ${all(48)}
role = ${all(60)}
[trackers.jira]
kind = "jira"
url = "javascript:__x(1)//"
prefixes = ["OPS"]
[components.hub]
name = ${all(66)}
public_name = ${all(72)}
team = ${all(84)}
description = ${all(90)}
runbook = "javascript:__x(1)"
dashboard = "data:text/html,<script>__x(1)</script>"
status_page = "javascript:__x(1)"
[audience.public]
statistics = true
status_page = "javascript:__x(1)"
role = ${all(96)}
`;
}
