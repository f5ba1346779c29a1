/** Colours as on the screens of Assay (app/globals.css); paper is always light. */
export const reportStyle = `
:root{color-scheme:light dark;--page:#fff;--ink:#16191c;--muted:#50585f;--line:#dde0e4;--axis:#868e96;--sunken:#f1f3f5;--accent:#1557b0;--realistic:#00775a;--unrealistic:#b34a00;--indistinguishable:#9a3f78;--series:#656d75}
@media screen and (prefers-color-scheme:dark){:root{--page:#121416;--ink:#eceef0;--muted:#a7afb7;--line:#2c3136;--axis:#727b84;--sunken:#1d2124;--accent:#7db4f5;--realistic:#35c79f;--unrealistic:#ff9a52;--indistinguishable:#e29bc6;--series:#8f98a1}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:60rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1,h2,h3,p,dl,ul,ol,figure,table,pre{margin:0}
h1{font-size:1.75rem;line-height:1.2;font-weight:600;overflow-wrap:anywhere}
h2{font-size:1.2rem;font-weight:600;margin-bottom:.75rem}
h3{font-size:1rem;font-weight:600;margin-top:1.25rem}
.kind{color:var(--muted);font-size:.875rem}
.lead{margin-top:.5rem;font-size:1.05rem;overflow-wrap:anywhere}
.note,figcaption,caption{color:var(--muted);font-size:.875rem}
.note{margin-top:.5rem}
section{margin-top:2.25rem;padding-top:1.5rem;border-top:1px solid var(--line)}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.75rem 1.5rem;margin:1.25rem 0}
dt{color:var(--muted);font-size:.8125rem}
dd{margin:0;overflow-wrap:anywhere}
code,pre{font:.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{margin-top:.5rem;padding:.75rem;background:var(--sunken);overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
figure{margin:1.25rem 0}
figcaption{margin-top:.5rem;max-width:44rem}
.plot{display:block;width:100%;height:auto}
.plot text{fill:var(--muted);font-size:11px}
.plot line{stroke:var(--axis)}
.plot .grid{stroke:var(--line)}
.plot .chance{stroke-dasharray:2 3}
.plot .curve{fill:none;stroke:var(--accent);stroke-width:1.75}
.dots{fill:none;stroke-width:4;stroke-linecap:round;stroke-opacity:.65;stroke:var(--series)}
.dots.realistic{stroke:var(--realistic)}.dots.unrealistic{stroke:var(--unrealistic)}.dots.indistinguishable{stroke:var(--indistinguishable)}
.area{fill-opacity:.08}
.fill,.key{fill:var(--series);background:var(--series)}
.realistic:not(.dots){fill:var(--realistic)}.unrealistic:not(.dots){fill:var(--unrealistic)}.indistinguishable:not(.dots){fill:var(--indistinguishable)}
.key.realistic{background:var(--realistic)}.key.unrealistic{background:var(--unrealistic)}.key.indistinguishable{background:var(--indistinguishable)}
.key{display:inline-block;width:.7rem;height:.7rem;margin-right:.4rem}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:.5rem;padding:0;list-style:none;font-size:.875rem}
.scroll{overflow-x:auto;margin:1rem 0}figure .scroll{margin:0}
table{border-collapse:collapse;width:100%}
caption{text-align:left;padding-bottom:.4rem}
th,td{padding:.35rem .9rem .35rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:baseline;font-weight:400}
thead th{color:var(--muted);font-size:.8125rem}
td.text{min-width:9rem}
.number{text-align:right;white-space:nowrap}
.bar{display:block;width:8rem;height:.5rem}
.bar rect{fill:var(--accent)}
[class^=strength-]{display:inline-block;min-width:3rem;padding:0 .3rem}
.strength-1{background:color-mix(in srgb,var(--accent) 8%,transparent)}.strength-2{background:color-mix(in srgb,var(--accent) 16%,transparent)}.strength-3{background:color-mix(in srgb,var(--accent) 24%,transparent)}.strength-4{background:color-mix(in srgb,var(--accent) 32%,transparent)}
.strip{display:grid;grid-template-columns:repeat(auto-fill,minmax(8rem,1fr));gap:1rem;margin-top:.75rem;padding:0;list-style:none;font-size:.8125rem;color:var(--muted)}
.strip img{display:block;width:100%;aspect-ratio:1;object-fit:contain;background:var(--sunken);margin-bottom:.3rem}
.strip .name{color:var(--ink);overflow-wrap:anywhere}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@page{margin:18mm 16mm}
@media print{.plot{min-width:0!important}body{font-size:10.5pt}main{max-width:none;padding:0}section{break-inside:auto}h2,h3{break-after:avoid}figure,tr,li{break-inside:avoid}.scroll{overflow:visible}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
