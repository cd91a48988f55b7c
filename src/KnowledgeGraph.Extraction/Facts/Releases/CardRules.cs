using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Facts.Capabilities;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>
/// Cards of a model or chip: lines of label and value (开发者：…, 规模：2350亿（激活220亿）, License: MIT) below its name, or below a line that names it. A run of lines
/// is a card where it has a thing and two labels that only cards have; running text has no such lines.
/// </summary>
public static class CardRules
{
    private const int LongestLabel = 24;

    private static readonly string[] Things = ["模型", "模型名称", "名称", "产品", "产品名称", "型号", "芯片", "芯片名称", "Model", "Name", "Product", "Chip", "Part"];
    private static readonly string[] Makers = ["开发者", "开发商", "厂商", "公司", "机构", "研发方", "发布方", "发布机构", "研发机构", "出品方", "所属公司", "制造商", "团队", "Developer", "Vendor", "Maker", "Company", "Lab", "Creator", "Built by", "Made by"];
    private static readonly string[] Days = ["发布", "发布日", "发布日期", "发布时间", "上线", "上线时间", "上架", "状态", "进度", "阶段", "开源时间", "日期", "Released", "Release", "Release date", "Launch", "Launched", "Launch date", "Status", "Date", "Stage"];
    private static readonly string[] Sizes = ["规模", "参数", "参数量", "参数规模", "总参数", "Parameters", "Params", "Size", "Model size"];
    private static readonly string[] Terms = ["协议", "许可", "许可证", "授权", "开源协议", "授权条款", "License", "Licence", "Weights"];
    private static readonly string[] Windows = ["窗口", "上下文", "上下文窗口", "上下文长度", "视窗", "Context", "Context window", "Context length", "Window"];
    private static readonly string[] Trainings = ["训练硬件", "训练算力", "训练芯片", "训练平台", "Trained on", "Training hardware", "Training compute"];
    private static readonly string[] Platforms = ["推理硬件", "部署硬件", "运行平台", "运行硬件", "推理芯片", "Runs on", "Served on", "Hardware"];
    private static readonly string[] Bases = ["基座", "底座", "基础模型", "底层模型", "底模", "Base", "Base model", "Built on", "Based on"];

    private static readonly string[][] Labels = [Makers, Days, Sizes, Terms, Windows, Trainings, Platforms, Bases];

    public static IReadOnlyList<DocumentRule> All { get; } = [new("release/card", Cards)];

    /// <summary>One line of a card; offsets are into its block's passage.</summary>
    private sealed record Line(AnnotatedBlock Block, string Label, int From)
    {
        public Sentence Whole { get; } = new(Block.Block, Block.Block.Passage, 0, Block.Block.Passage.Text.Length, Block.Sentences.SelectMany(sentence => sentence.Annotations));

        public string Value => Block.Block.Passage.Text[From..].Trim();

        public IEnumerable<T> All<T>()
            where T : Annotation => Whole.Within<T>(From, Whole.End);
    }

    private sealed record Card(ReportContext Report, Participant Thing, Line First, IReadOnlyList<Line> Lines)
    {
        public Line? Of(string[] labels) => Lines.FirstOrDefault(line => Is(line.Label, labels));

        public FactDraft Draft(string type, Line line, (string Role, Participant? Who)[] roles, (string Name, JsonNode? Value)[] values, string? when = null, FactStatus status = FactStatus.Reported) => new()
        {
            Type = type,
            Roles = roles.Where(role => role.Who is not null).ToDictionary(role => role.Role, role => (IReadOnlyList<Participant>)[role.Who!], StringComparer.Ordinal),
            Values = values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal),
            When = when,
            Status = status,
            Start = line.Block.Block.Start,
            End = line.Block.Block.End,
        };
    }

    private static IEnumerable<FactDraft> Cards(ReportContext report)
    {
        var blocks = report.Document.Blocks;
        for (var at = 0; at < blocks.Count; at++)
        {
            var lines = new List<Line>();
            var first = at;
            while (at < blocks.Count && Read(report, blocks[at]) is { } line)
            {
                lines.Add(line);
                at++;
            }

            if (lines.Count >= 3 && Labels.Count(labels => lines.Exists(line => Is(line.Label, labels))) >= 2 && Thing(report, blocks, first, lines) is { } thing)
            {
                foreach (var draft in Drafts(new Card(report, thing, lines[0], lines)))
                    yield return draft;
            }
        }
    }

    private static Line? Read(ReportContext report, Block block)
    {
        if (block.Kind is not (BlockKind.Paragraph or BlockKind.ListItem))
            return null;
        var text = block.Passage.Text;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon is > 0 and <= LongestLabel && colon + 1 < text.Length && text.Length <= 160 ? new Line(Annotator.Annotate(block, report), text[..colon].Trim(), colon + 1) : null;
    }

    // A line that names it, else the heading or the line right above.
    private static Participant? Thing(ReportContext report, IReadOnlyList<Block> blocks, int first, List<Line> lines)
    {
        if (lines.Find(line => Is(line.Label, Things)) is { } told)
        {
            var name = told.All<Name>().FirstOrDefault(name => name.Start <= told.From + 2);
            var kind = told.Label is "芯片" or "芯片名称" or "Chip" or "Part" ? EntityKind.Chip : (name is null ? null : report.Kinds.Kind(name)) ?? (told.Label is "产品" or "产品名称" or "Product" ? EntityKind.Product : EntityKind.Model);
            return told.Value.Length is > 1 and <= 40 ? new Participant(kind, name is { } found && found.Text.Length >= told.Value.Length - 2 ? found.Text : told.Value, name?.Candidates ?? []) : null;
        }

        if (first == 0 || blocks[first - 1] is not { Kind: BlockKind.Heading or BlockKind.Paragraph } above || above.Passage.Text.Length > 60)
            return null;
        var names = Annotator.Annotate(above, report).All<Name>().Where(name => name.Kind is null or EntityKind.Model or EntityKind.Chip or EntityKind.Product).ToList();
        // The heading is the name, and perhaps its maker.
        return names is [.., var last] && above.Passage.Text.Length - last.Length <= 12 ? new Participant(report.Kinds.Kind(last) ?? EntityKind.Model, last.Text, last.Candidates) : null;
    }

    private static IEnumerable<FactDraft> Drafts(Card card)
    {
        if (Release(card) is { } release)
            yield return release;
        foreach (var draft in Figures(card).Concat(Lineage(card)))
            yield return draft;
    }

    private static FactDraft? Release(Card card)
    {
        var (day, terms, size) = (card.Of(Days), card.Of(Terms), card.Of(Sizes));
        var maker = Maker(card);
        if (maker is null || (day ?? terms ?? size) is not { } line)
            return null;
        var date = day?.All<DateValue>().FirstOrDefault()?.Date;
        var status = date?.Start > card.Report.ReportDate ? FactStatus.Announced : FactStatus.Reported;
        var told = (day?.Value ?? "") + " " + (terms?.Value ?? "");
        return card.Thing.Kind switch
        {
            EntityKind.Model => card.Draft("ModelReleased", line, [("model", card.Thing), ("developer", maker)], [("stage", Stage(told)), ("license", terms is null ? null : Licence(terms)), .. Size(size)], date?.Text, status),
            EntityKind.Chip => card.Draft("ChipAnnounced", line, [("chip", card.Thing), ("maker", maker)], [("stage", Stages.OfChip(line.Whole, line.From, line.Whole.End))], date?.Text, status),
            _ => card.Draft("ProductLaunched", line, [("product", card.Thing), ("company", maker)], [("stage", Stages.OfProduct(line.Whole, line.From, line.Whole.End, card.Thing.Name))], date?.Text, status),
        };
    }

    private static Participant? Maker(Card card)
    {
        if (card.Of(Makers) is { } line)
            return line.All<Mention>().FirstOrDefault(m => m.Kind == EntityKind.Company) is { } mention ? Participant.Of(mention, line.Whole) : line.Value.Length is > 1 and <= 30 ? Participant.Unknown(EntityKind.Company, line.Value) : null;
        var vocabulary = card.Report.Vocabulary;
        var family = card.Thing.Candidates.Count > 0 ? vocabulary.Find(card.Thing.Candidates[0]) : vocabulary.FamilyOf(card.Thing.Name, card.Thing.Kind);
        return family?.Maker is { } maker && vocabulary.Find(maker) is { } company ? new Participant(EntityKind.Company, company.Name, [maker]) : null;
    }

    private static string Stage(string told) =>
        Has(told, "预览", "preview", "内测", "公测", "测试", "beta") ? "preview"
        : Has(told, "闭源", "proprietary", "closed", "未开源") ? "release"
        : Has(told, "开源", "权重", "Apache", "MIT", "open", "GPL", "BSD") ? "open-source"
        : Has(told, "API") ? "api" : "release";

    private static JsonNode Licence(Line terms) => Licenses.In(terms.Value) ?? JsonValue.Create(terms.Value);

    // 480B total / 38B active: the second, or what a word calls so, is at work at once.
    private static IEnumerable<(string, JsonNode?)> Size(Line? line)
    {
        if (line is null)
            yield break;
        var sizes = line.Whole.Annotations.Where(a => a.Start >= line.From && a is QuantityValue or NumberValue).DistinctBy(a => a.Start)
            .Select(a => a is QuantityValue q ? q.Amount : ((NumberValue)a).Amount).Where(amount => amount >= 10_000_000).ToList();
        if (sizes.Count > 0)
            yield return ("parameters", JsonValue.Create(sizes.Max()));
        if (sizes.Count > 1 && sizes.Min() < sizes.Max())
            yield return ("activeParameters", JsonValue.Create(sizes.Min()));
    }

    private static IEnumerable<FactDraft> Figures(Card card)
    {
        foreach (var line in card.Lines)
        {
            var value = line.Whole.Annotations.FirstOrDefault(a => a.Start >= line.From && a is QuantityValue or NumberValue or PercentValue);
            if (value is null || line.Whole.Slice(line.From, value.Start).Any(char.IsLetter))
                continue;
            if (Is(line.Label, Windows) && Number(value) is >= 1_000 and var tokens)
                yield return Figure(card, line, value, "context-window", tokens, "tokens", null);
            else if (line.Whole.All<Mention>().Any(m => m.Kind == "benchmark" && m.End <= line.From) || line.Whole.All<Name>().Any(name => name.End <= line.From && BenchmarkRules.HasShape(name)))
                yield return Figure(card, line, value, "benchmark-score", Number(value), value is PercentValue ? "percent" : "score", line.Label);
        }
    }

    private static FactDraft Figure(Card card, Line line, Annotation value, string metric, decimal number, string unit, string? benchmark) =>
        card.Draft("CapabilityReported", line, [("subject", card.Thing)], [("metric", metric), ("value", JsonValue.Create(number)), ("unit", unit), ("benchmark", benchmark)]) with { Consumes = [line.Whole.Passage.Source(value.Start, value.End)] };

    private static decimal Number(Annotation value) => value switch
    {
        QuantityValue quantity => quantity.Amount,
        PercentValue percent => percent.Percent,
        _ => ((NumberValue)value).Amount,
    };

    private static IEnumerable<FactDraft> Lineage(Card card)
    {
        foreach (var (labels, relation) in new[] { (Trainings, "trained-on"), (Platforms, "runs-on"), (Bases, "built-on") })
        {
            if (card.Of(labels) is { } line && line.All<Name>().FirstOrDefault(name => relation == "built-on" ? card.Report.Kinds.Kind(name) == EntityKind.Model : name.Kind == EntityKind.Chip) is { } name)
                yield return card.Draft("LineageReported", line, [("subject", card.Thing), ("base", new Participant(name.Kind ?? EntityKind.Model, name.Text, name.Candidates))], [("relation", relation)]);
        }
    }

    private static bool Is(string label, string[] words) => words.Any(word => label.Equals(word, StringComparison.OrdinalIgnoreCase));

    private static bool Has(string text, params string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
