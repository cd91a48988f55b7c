using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Capabilities;

/// <summary>A number that says what a model, product or chip can do, before its subject is known.</summary>
/// <param name="Value">The annotation that holds the number.</param>
/// <param name="Metric">The ontology's word.</param>
/// <param name="Amount">As printed; null for a range, whose ends are Low and High.</param>
/// <param name="Start">Where the evidence starts, offset into the passage; what stands before it may name the subject.</param>
public sealed record Capability(Annotation Value, string Metric, decimal? Amount, string? Unit, int Start, int End)
{
    public decimal? Low { get; init; }

    public decimal? High { get; init; }

    public string? Benchmark { get; init; }

    public string? ComparedTo { get; init; }

    public Bound? Bound { get; init; }

    /// <summary>A figure with its own unit; a range keeps both ends.</summary>
    public static Capability Of(QuantityValue value, string metric, string? unit = null) =>
        new(value, metric, value.High is null ? value.Amount : null, unit ?? value.Unit, value.Start, value.End) { Low = value.High is null ? null : value.Amount, High = value.High, Bound = value.Bound };

    public static Capability Of(PercentValue value, string metric) =>
        new(value, metric, value.High is null ? value.Percent : null, "percent", value.Start, value.End) { Low = value.High is null ? null : value.Percent, High = value.High, Bound = value.Bound };

    public static Capability Of(MultipleValue value, string metric) =>
        new(value, metric, value.High is null ? value.Times : null, "x", value.Start, value.End) { Low = value.High is null ? null : value.Times, High = value.High, Bound = value.Bound };

    public static Capability Of(MoneyValue value, string metric) =>
        new(value, metric, value.High is null ? value.Amount : null, value.Currency, value.Start, value.End) { Low = value.High is null ? null : value.Amount, High = value.High, Bound = value.Bound };

    /// <summary>One fact for each thing of which the sentence says it; none where it speaks of nothing that can have capabilities.</summary>
    /// <param name="allowCarried">Whether the thing may come from the sentences before.</param>
    public IEnumerable<FactDraft> Drafts(SentenceContext context, bool allowCarried = true)
    {
        if ((OwnerOfFigure(context) ?? Subjects.Told(context, Start)) is { } owner)
            return [Draft(context, owner)];
        var subjects = Subjects.Of(context, Start);
        var isHere = Subjects.Named(context).Any(name => name.End <= Start);
        // With 288GB on board, MI450 runs …: what the opening phrase tells is of the subject behind it.
        if (!isHere && Fronted.Any(word => context.Sentence.Has(word, context.Sentence.Start, out _)) && Subjects.Named(context).FirstOrDefault(name => name.Start >= End && name.Start >= Clauses.End(context.Sentence, End)) is { } behind)
            return [Draft(context, Subjects.ToParticipant(context, behind))];
        if (!isHere && (!allowCarried || SpeaksOfCompany(context)))
            return [];
        return subjects.Select(subject => Draft(context, subject));
    }

    private static readonly string[] Fronted = ["With", "At", "Packing", "Boasting", "Scoring", "Running", "Thanks to", "凭借", "拥有", "配备", "以"];

    public FactDraft Draft(SentenceContext context, Participant subject)
    {
        var mention = context.Sentence.All<Name>().LastOrDefault(name => name.End <= Start && name.Text == subject.Name);
        var start = mention is not null && Value.Start - mention.Start < 80 ? Math.Min(Start, mention.Start) : Start;
        var draft = context.Draft(
            "CapabilityReported", start, End, [("subject", subject)],
            [
                ("metric", Metric), ("value", Amount is { } value ? JsonValue.Create(value) : null), ("low", Low is { } low ? JsonValue.Create(low) : null), ("high", High is { } high ? JsonValue.Create(high) : null),
                ("unit", Unit), ("benchmark", Benchmark), ("comparedTo", ComparedTo), ("bound", Bound.Word()),
            ]);
        // A reserve of hardware or a plan to test is no forecast: only an expectation about the figure itself is.
        var status = context.Status(Start, End, isFigure: true);
        return draft with { Status = status, Consumes = [context.Source(Value)] };
    }

    // 高于某模型的 57.7%, 竞争对手的 11 美元: the figure of the one it is compared with.
    private Participant? OwnerOfFigure(SentenceContext context)
    {
        if (Behind(context) is { } behind)
            return behind;
        if (OfFormer(context) is { } former)
            return former;
        var name = context.Sentence.All<Name>().LastOrDefault(n => n.End <= Value.Start && Value.Start - n.End <= 3 && context.Report.Kinds.Kind(n) is not null);
        var between = name is null ? "" : context.Sentence.Slice(name.End, Value.Start).Trim();
        return name is not null && Value is PercentValue or QuantityValue { Unit: "points" } && between is "的" or "(" or "'s" or ":" or "为" && ComparedTo is null ? Subjects.ToParticipant(context, name) : null;
    }

    private static readonly string[] Former = ["前代", "上一代", "上代", "前作", "老款", "旧款", "上一版", "前一代", "predecessor", "predecessor's", "previous-generation", "outgoing", "older", "last year's"];

    private static readonly string[] Links = ["停在", "停留在", "只有", "只是", "仅为", "仅有", "仅", "只", "则为", "则是", "则", "为", "是", "有", "得", "拿到", "要", "约", "达到", "达", "的", "显存", "内存", "上下文", "窗口", "得分", "成绩", "容量", "带宽", "算力", "单卡", "'s", "was", "had", "has", "got", "scored", "managed", "at", "stood", "stopped"];

    // 上一代思衡 500 的显存只有 64GB: the older thing's own figure, where the sentence measures nothing by it.
    private Participant? OfFormer(SentenceContext context)
    {
        var sentence = context.Sentence;
        var clause = Clauses.Start(sentence, Value.Start);
        if (sentence.All<Name>().LastOrDefault(name => name.Start >= clause && name.End <= Value.Start && context.Report.Kinds.Kind(name) is not null) is not { } older)
            return null;
        var before = sentence.Slice(clause, older.Start).TrimEnd();
        var between = sentence.Slice(older.End, Value.Start);
        // 只有上一代 X 的四成: what the figure is a part or a multiple of.
        if (Value is MultipleValue || between.Trim() == "的")
            return null;
        foreach (var link in Links.OrderByDescending(link => link.Length))
            between = between.Replace(link, "", StringComparison.Ordinal);
        return Array.Exists(Former, before.EndsWith) && between.Trim().Length == 0 ? Subjects.ToParticipant(context, older) : null;
    }

    // against 192GB for the outgoing Kestrel-1: whose figure it is stands behind it.
    private Participant? Behind(SentenceContext context)
    {
        var sentence = context.Sentence;
        var isSet = sentence.Slice(Clauses.Start(sentence, Value.Start), Value.Start).TrimEnd() is var before && new[] { "against", "versus", "vs", "vs.", "compared with", "compared to", "up from" }.Any(word => before.EndsWith(word, StringComparison.OrdinalIgnoreCase));
        return isSet && sentence.Find(["for", "on", "in"], Value.End, Math.Min(sentence.End, Value.End + 5)) is { } of
            && sentence.All<Name>().FirstOrDefault(name => name.Start >= of.End && name.Start - of.End <= 16 && context.Report.Kinds.Kind(name) is not null) is { } other ? Subjects.ToParticipant(context, other) : null;
    }

    private static bool IsPlace(SentenceContext context, Mention mention) => context.Sentence.Slice(Math.Max(context.Sentence.Start, mention.Start - 2), mention.Start).TrimEnd().EndsWith('在') || context.Sentence.Contains(["in", "by"], Math.Max(context.Sentence.Start, mention.Start - 4), mention.Start);

    // A company's own figure: its name stands before the number and no thing's does.
    private bool SpeaksOfCompany(SentenceContext context) =>
        context.Sentence.All<Mention>().Any(mention => mention.Kind == EntityKind.Company && mention.End <= Start && !context.IsOblique(mention) && !IsPlace(context, mention) && !context.Sentence.All<Name>().Any(name => name.Start == mention.Start && context.Report.Kinds.Kind(name) is not null));
}
