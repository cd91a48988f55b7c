using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction;

namespace KnowledgeGraph.Cli.Display;

/// <summary>
/// A report's text as one self-contained page with its facts highlighted: a colour for each type, under overlapping facts that of the
/// shortest, and on hovering the JSON of all of them. What rules do not read is grey.
/// </summary>
public static class HighlightedReport
{
    public static string Of(ExtractedReport report)
    {
        var page = new StringBuilder();
        var title = WebUtility.HtmlEncode(report.Metadata.Title ?? "Report");
        page.Append("<!doctype html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><title>").Append(title).Append("</title>\n<style>\n").Append(Style).Append(Colours(report)).Append("</style></head>\n<body>\n");
        AppendPanel(page, report, title);
        page.Append("<main>\n");
        AppendText(page, report);
        page.Append("</main>\n<div id=\"tip\" hidden></div>\n<script type=\"application/json\" id=\"facts\">")
            .Append(new JsonArray([.. report.Facts.Select(fact => (JsonNode)FactJson.ToJson(fact))]).ToJsonString(FactJson.Options).Replace("<", "\\u003c", StringComparison.Ordinal))
            .Append("</script>\n<script>\n").Append(Script).Append("</script>\n</body></html>\n");
        return page.ToString();
    }

    private static void AppendPanel(StringBuilder page, ExtractedReport report, string title)
    {
        var metadata = report.Metadata;
        var facts = string.Create(CultureInfo.InvariantCulture, $"{report.Facts.Count} facts");
        var about = string.Join(" · ", new[] { metadata.Publisher, metadata.Date?.ToString(), facts }.Where(part => !string.IsNullOrEmpty(part)));
        page.Append("<nav><h1>").Append(title).Append("</h1><p>").Append(WebUtility.HtmlEncode(about)).Append("</p>\n");
        foreach (var group in report.Facts.Select((fact, index) => (fact, index)).GroupBy(pair => pair.fact.Type).OrderByDescending(group => group.Count()))
        {
            page.Append(CultureInfo.InvariantCulture, $"<details><summary><label><input type=\"checkbox\" checked data-type=\"{group.Key}\"> <b class=\"{group.Key}\">{group.Key}</b></label> {group.Count()}</summary><ol>\n");
            foreach (var (fact, index) in group)
                page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#f{index}\">").Append(WebUtility.HtmlEncode(FactSummary.Of(FactJson.ToJson(fact), ""))).Append("</a></li>\n");
            page.Append("</ol></details>\n");
        }

        page.Append("</nav>\n");
    }

    private static void AppendText(StringBuilder page, ExtractedReport report)
    {
        var text = report.Document.Text;
        var spans = report.Facts.SelectMany((fact, index) => fact.Evidence.Select(evidence => new Highlight(index, fact.Type, evidence.Start, evidence.End))).OrderBy(span => span.Start).ToList();
        var layers = new Layers(page, text, spans);
        var at = 0;
        foreach (var block in report.Document.Blocks.Where(block => block.End > block.Start))
        {
            if (block.Start < at)
                continue;
            layers.Append(at, block.Start);
            page.Append("<div class=\"").Append(block.Kind).Append("\">");
            layers.Append(block.Start, block.End);
            page.Append("</div>");
            at = block.End;
            // The division ends the line already.
            if (at < text.Length && text[at] == '\n')
                at++;
        }

        layers.Append(at, text.Length);
    }

    private sealed record Highlight(int Fact, string Type, int Start, int End);

    /// <summary>Cuts the text wherever a highlight begins or ends, so that marks never overlap.</summary>
    private sealed class Layers(StringBuilder page, string text, List<Highlight> spans)
    {
        private readonly int[] cuts = [.. spans.SelectMany(span => new[] { span.Start, span.End }).Distinct().Order()];
        private readonly List<Highlight> open = [];
        private readonly HashSet<int> anchored = [];
        private int next;

        /// <summary>Appends a stretch of the text; stretches must come in order.</summary>
        public void Append(int start, int end)
        {
            while (start < end)
            {
                var index = Array.BinarySearch(cuts, start + 1);
                index = index < 0 ? ~index : index;
                var stop = index < cuts.Length ? Math.Min(cuts[index], end) : end;
                AppendPiece(start, stop);
                start = stop;
            }
        }

        private void AppendPiece(int start, int end)
        {
            open.RemoveAll(span => span.End <= start);
            for (; next < spans.Count && spans[next].Start <= start; next++)
            {
                if (spans[next].End > start)
                    open.Add(spans[next]);
            }

            var piece = WebUtility.HtmlEncode(text[start..end]);
            if (open.Count == 0)
            {
                page.Append(piece);
                return;
            }

            foreach (var span in open.Where(span => anchored.Add(span.Fact)))
                page.Append(CultureInfo.InvariantCulture, $"<a id=\"f{span.Fact}\"></a>");
            var top = open.MinBy(span => span.End - span.Start)!;
            var facts = string.Join(' ', open.Select(span => span.Fact).Distinct());
            page.Append(CultureInfo.InvariantCulture, $"<mark class=\"{top.Type}\" data-facts=\"{facts}\"{(facts.Contains(' ', StringComparison.Ordinal) ? " data-several" : "")}>").Append(piece).Append("</mark>");
        }
    }

    // Hues as far apart as the number of types allows, neighbours in the list far from each other.
    private static string Colours(ExtractedReport report)
    {
        var present = report.Facts.Select(fact => fact.Type).ToHashSet(StringComparer.Ordinal);
        var rules = FactSchema.All.Select((schema, index) => (schema.Type, Hue: index * 360 * 7 / FactSchema.All.Count % 360)).Where(pair => present.Contains(pair.Type))
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $".{pair.Type} {{ background: hsl({pair.Hue} 85% 86%); border-color: hsl({pair.Hue} 60% 45%); }}\n"));
        return string.Concat(rules);
    }

    private const string Style = """
        body { margin: 0; display: flex; font: 15px/1.75 "Noto Sans CJK SC", "WenQuanYi Micro Hei", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; color: #222; background: #fafafa; }
        nav { flex: 0 0 300px; box-sizing: border-box; height: 100vh; position: sticky; top: 0; overflow: auto; padding: 16px; font-size: 13px; line-height: 1.5; border-right: 1px solid #ddd; background: #fff; }
        nav h1 { font-size: 15px; line-height: 1.4; margin: 0; } nav p { color: #666; margin: 4px 0 12px; }
        nav ol { padding-left: 24px; margin: 4px 0 10px; } nav a { color: inherit; text-decoration: none; } nav a:hover { text-decoration: underline; }
        nav b { font-weight: 500; padding: 0 4px; border-bottom: 2px solid; border-radius: 2px; } summary { cursor: pointer; }
        main { flex: 1; max-width: 860px; padding: 24px 40px 60vh; white-space: pre-wrap; overflow-wrap: anywhere; }
        main > div { display: block; } .Heading { font-weight: 600; font-size: 16px; }
        .Table { font: 12.5px/1.7 "Noto Sans Mono CJK SC", "WenQuanYi Micro Hei Mono", monospace; white-space: pre; overflow-x: auto; tab-size: 14; background: #fff; border: 1px solid #e4e4e4; padding: 6px 10px; }
        .Caption, .SourceLine { color: #777; font-size: 13px; } .Decoy { color: #b0b0b0; }
        mark { color: inherit; border-bottom: 2px solid; border-radius: 2px; padding: 1px 0; } mark[data-several] { border-bottom-style: double; border-bottom-width: 4px; }
        mark.on { outline: 2px solid #444; } mark.off { background: none !important; border-color: transparent !important; }
        a:target + mark { outline: 2px solid #444; }
        #tip { position: fixed; max-width: 560px; max-height: 70vh; overflow: auto; background: #222; color: #eee; font: 12px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; padding: 10px 12px; border-radius: 6px; box-shadow: 0 4px 16px #0005; z-index: 2; }

        """;

    private const string Script = """
        const facts = JSON.parse(document.getElementById('facts').textContent), tip = document.getElementById('tip'), marks = [...document.querySelectorAll('mark')];
        const off = new Set(), of = mark => mark.dataset.facts.split(' ').filter(i => !off.has(facts[i].type));
        let pinned = false;
        function show(mark, event) {
          const mine = of(mark);
          if (!mine.length) return;
          tip.textContent = mine.map(i => JSON.stringify(facts[i], null, 1)).join('\n\n');
          tip.hidden = false;
          marks.forEach(m => m.classList.toggle('on', of(m).some(i => mine.includes(i))));
          tip.style.left = Math.max(8, Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8)) + 'px';
          const below = event.clientY + 18, above = event.clientY - tip.offsetHeight - 12;
          tip.style.top = Math.max(8, below + tip.offsetHeight < innerHeight ? below : above) + 'px';
        }
        function hide() { tip.hidden = true; marks.forEach(m => m.classList.remove('on')); }
        document.addEventListener('mouseover', e => { if (pinned) return; const mark = e.target.closest('mark'); mark ? show(mark, e) : hide(); });
        document.addEventListener('click', e => { const mark = e.target.closest('mark'); if (tip.contains(e.target)) return; pinned = !!mark; mark ? show(mark, e) : hide(); });
        document.querySelectorAll('input').forEach(box => box.addEventListener('change', () => {
          box.checked ? off.delete(box.dataset.type) : off.add(box.dataset.type);
          marks.forEach(m => m.classList.toggle('off', !of(m).length));
        }));

        """;
}
