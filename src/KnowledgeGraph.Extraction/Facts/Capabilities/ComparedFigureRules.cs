using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Capabilities;

/// <summary>A second thing's figure beside the first's, of the same kind and so not told again: A 拿到 96.1%, B 为 94.7%; 4,600 tokens a second, versus 3,000 on WSE-3.</summary>
public static class ComparedFigureRules
{
    private static readonly string[] Links = ["得", "为", "是", "则为", "则是", "停在", "拿到", "取得", "仅为", "只有", "有", "也有", "的", ":", "at", "got", "scored", "had", "managed", "with", "(", "—", "-"];

    private static readonly string[] Follows = ["紧随其后", "紧跟其后", "次之", "排第二", "居次", "随后"];

    private static readonly Pattern Score = Alt(Ann<PercentValue>("percent", p => !p.IsPoints && !p.IsSigned), Ann<QuantityValue>("points", q => q.Unit == "points"), Ann<NumberValue>("number", n => n.High is null && n.Amount is > 0 and < 3_000));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("capability/next-score", Seq(Ann<Name>("name", name => name.Kind is null or EntityKind.Model or EntityKind.Product or EntityKind.Chip), Opt(Lit(Follows)), Opt(Lit(",")), Opt(Lit(Links).As("link")), Score), NextScore),
        new("capability/score-of-two", Seq(Lit("前者", "后者", "the former", "the latter"), Opt(Lit(Links)), Score), NextScore),
        new("capability/versus", Seq(Lit("versus", "vs", "vs.", "against", "compared with", "compared to", "up from"), Opt(Lit("just", "only", "about")), Ann<NumberValue>("number"), Lit("on", "for", "in"), Opt(Lit("the", "the outgoing", "the older", "the previous")), Ann<Name>("name")), Versus),
    ];

    private static IEnumerable<FactDraft> NextScore(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var value = (Annotation?)match.Find<PercentValue>("percent") ?? (Annotation?)match.Find<QuantityValue>("points") ?? match.Get<NumberValue>("number");
        var name = match.Find<Name>("name");
        var subject = name is null ? Subjects.Told(context, value.Start) : context.Report.Kinds.Kind(name) is null || Whole(sentence, name) ? null : Subjects.ToParticipant(context, name);
        var isNumber = value is NumberValue && name is not null && match.Find<Span>("link") is null;
        if (subject is null || isNumber || !Ends(sentence, value) || Benchmark(context, match.Start, isList: match.Find<Span>("link") is { } link && sentence.Slice(link) == ":") is not { } benchmark)
            return [];
        var amount = value switch { PercentValue percent => percent.Percent, QuantityValue points => points.Amount, _ => ((NumberValue)value).Amount };
        return [new Capability(value, "benchmark-score", amount, value is PercentValue ? "percent" : "score", match.Start, match.End) { Benchmark = benchmark }.Draft(context, subject)];
    }

    // Grok 5 of Grok 5 mini is none of its own.
    private static bool Whole(Sentence sentence, Name name) => sentence.All<Name>().Any(other => other.Start <= name.Start && name.End <= other.End && other.Length > name.Length);

    // A score stands alone: what goes on with a word is a price, a share or a size.
    private static bool Ends(Sentence sentence, Annotation value)
    {
        var next = sentence.SkipSpace(value.End);
        return next >= sentence.End || ",.;)。、".Contains(sentence.Passage.Text[next], StringComparison.Ordinal) || sentence.Has("and", next, out _) || sentence.Has("while", next, out _);
    }

    // The benchmark of the score before it; for a list of names and scores that of the sentence that opens the list.
    private static string? Benchmark(SentenceContext context, int at, bool isList)
    {
        foreach (var here in context.AndEarlier.Take(isList ? 4 : 2))
        {
            var end = here == context ? at : here.Sentence.End;
            if (here.Sentence.All<Mention>().LastOrDefault(m => m.Kind == "benchmark" && m.End <= end) is not { } mention)
                continue;
            var full = here.Sentence.All<Name>().Where(name => name.Start == mention.Start && name.End > mention.End && name.End <= end).Select(name => name.End).DefaultIfEmpty(mention.End).Max();
            var isScored = here.Sentence.Annotations.Any(a => a is PercentValue { IsPoints: false } or QuantityValue { Unit: "points" } or NumberValue && a.Start >= full && a.End <= end);
            return isScored || isList || (here == context && context.Sentence.Contains(["前者", "the former"], full, Math.Min(context.Sentence.End, at + 3))) ? here.Sentence.Slice(mention.Start, full) : null;
        }

        return null;
    }

    // it clocks 4,600 tokens per second, versus 3,000 on WSE-3: the unit and the kind of the figure before.
    private static IEnumerable<FactDraft> Versus(PatternMatch match, SentenceContext context)
    {
        var (number, name) = (match.Get<NumberValue>("number"), match.Get<Name>("name"));
        var before = context.Sentence.All<QuantityValue>().LastOrDefault(q => q.End <= match.Start);
        var metric = before?.Unit switch { "tokens/s" => "output-speed", "GB" or "TB" or "MB" => "memory", "ms" or "s" => "latency", "tokens" => "context-window", _ => null };
        return metric is null || number.High is not null || context.Report.Kinds.Kind(name) is null ? []
            : [new Capability(number, metric, number.Amount, before!.Unit, match.Start, match.End) { Bound = number.Bound }.Draft(context, Subjects.ToParticipant(context, name))];
    }
}
