using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Facts.Capabilities;

/// <summary>Tables of scores: models down the side and benchmarks across the top, or the other way round.</summary>
public static class BenchmarkTableRules
{
    private static readonly string[] ScoreWords = ["评测", "得分", "跑分", "基准", "测评", "成绩", "score", "scores", "benchmark", "benchmarks", "evaluation", "results"];

    private static readonly string[] Not = ["价格", "定价", "price", "in (", "out (", "$", "元", "参数", "日期", "date", "context", "上下文", "input", "output"];

    private static readonly string[] Speeds = ["tokens/s", "token/s", "tok/s", "tps", "词元/秒"];

    public static IReadOnlyList<TableRule> All { get; } = [new("capability/benchmark-table", Scores)];

    private static IEnumerable<FactDraft> Scores(TableContext context)
    {
        var heads = Enumerable.Range(1, Math.Max(0, context.Table.Columns - 1)).Select(index => context.Table.Header(index).Trim()).ToList();
        var sides = context.Rows.Select(row => row.Cells[0].Passage.Text.Trim()).ToList();
        if (heads.Count == 0 || sides.Count == 0)
            return [];
        var isModelsDown = sides.Count(side => IsModel(context, side)) * 2 >= sides.Count;
        var isModelsAcross = heads.Count(head => IsModel(context, head)) * 2 >= heads.Count;
        var names = isModelsDown ? heads : sides;
        var isScored = ScoreWords.Any(word => context.Caption.Contains(word, StringComparison.OrdinalIgnoreCase) || Heading(context).Contains(word, StringComparison.OrdinalIgnoreCase));
        if (isModelsDown == isModelsAcross || !names.Exists(name => IsBenchmark(context, name)) && !isScored)
            return [];
        return context.Rows.SelectMany(row => Enumerable.Range(1, row.Cells.Count - 1).Select(column => Fact(context, row, column, isModelsDown, isScored))).OfType<FactDraft>();
    }

    private static FactDraft? Fact(TableContext context, TableRow row, int column, bool isModelsDown, bool isScored)
    {
        var (side, head) = (row.Cells[0].Passage.Text.Trim(), context.Table.Header(column).Trim());
        var (model, benchmark) = isModelsDown ? (side, head) : (head, side);
        var isSpeed = Speeds.Any(unit => benchmark.Contains(unit, StringComparison.OrdinalIgnoreCase));
        var isBenchmark = isSpeed || IsBenchmark(context, benchmark) || (isScored && !Not.Any(word => benchmark.Contains(word, StringComparison.OrdinalIgnoreCase)));
        if (!isBenchmark || model.Length is 0 or > 40 || row.Number(context.Columns[column]) is not { } score || row.Value(context.Columns[column]) is MoneyValue)
            return null;
        var isPercent = row.Value(context.Columns[column]) is PercentValue || head.Contains('%', StringComparison.Ordinal);
        var draft = row.Draft(
            "CapabilityReported", [("subject", Subject(context, model))],
            isSpeed ? [("metric", "output-speed"), ("value", JsonValue.Create(score)), ("unit", "tokens/s")]
                : [("metric", "benchmark-score"), ("value", JsonValue.Create(score)), ("unit", isPercent ? "percent" : "score"), ("benchmark", benchmark)], context.Columns[column]);
        return draft with { When = context.Day, Start = row.Cells[0].Start < row.Cells[column].End ? row.Cells[0].Start : draft.Start };
    }

    private static Participant Subject(TableContext context, string name)
    {
        var entry = context.Report.Vocabulary.MatchWhole(name);
        return entry is { Kind: EntityKind.Model or EntityKind.Product } ? new Participant(entry.Kind, name, [entry.Id]) : Participant.Unknown(EntityKind.Model, name);
    }

    private static bool IsModel(TableContext context, string name)
    {
        if (name.Length is 0 or > 40)
            return false;
        return Names(context, name).Any(found => found.Start <= 10 && context.Report.Kinds.Kind(found) == EntityKind.Model);
    }

    private static bool IsBenchmark(TableContext context, string name) =>
        context.Report.Vocabulary.Find(Passage.Plain(name)).Any(mention => mention.Kind == "benchmark") || Names(context, name).Any(BenchmarkRules.HasShape);

    private static IReadOnlyList<Name> Names(TableContext context, string name) => NameFinder.Find(Passage.Plain(name), context.Report.Vocabulary.Find(Passage.Plain(name)));

    private static string Heading(TableContext context) => context.Block.Heading < 0 ? "" : context.Report.Document.Blocks[context.Block.Heading].Passage.Text;
}
