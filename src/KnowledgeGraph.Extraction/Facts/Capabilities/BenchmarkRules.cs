using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Capabilities;

/// <summary>Scores on named benchmarks, one by one and in lists.</summary>
public static class BenchmarkRules
{
    private static readonly string[] Scored = ["得分", "得", "取得", "达到", "达", "为", "拿到", "获得", "成绩", "分数", "综合得分", "跑分", "scores", "scored", "score", "reaches", "hits", "at", "of", "achieves", "achieved", ":"];

    private static readonly Pattern Score = Alt(
        Ann<PercentValue>("percent", p => !p.IsPoints), Ann<QuantityValue>("points", q => q.Unit == "points"), Ann<NumberValue>("number", n => n.High is null && n.Amount is > 0 and < 10_000));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("capability/benchmark-score", Seq(Alt(Ann<Mention>("benchmark", IsBenchmark), Ann<Name>("shape", HasShape)), Gap(30, "。；;"), Score), Scores),
        new("capability/score-on", Seq(Alt(Ann<PercentValue>("percent", p => !p.IsPoints), Ann<QuantityValue>("points", q => q.Unit == "points"), Ann<NumberValue>("number", n => n.High is null && n.Amount is > 0 and < 10_000)), Gap(12, "。；;，,"), Lit("on", "in"), Opt(Lit("the")), Alt(Ann<Mention>("benchmark", IsBenchmark), Ann<Name>("shape", HasShape))), ScoreOn),
    ];

    /// <summary>A benchmark never seen, by its shape: a name that ends in Bench, Eval, QA or Arena, its version aside.</summary>
    public static bool HasShape(Name name)
    {
        if (name.Kind is not null || name.Quoted)
            return false;
        var stem = name.Text.TrimEnd('.', '-', ' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('v', 'V', ' ', '-');
        return stem.EndsWith("Bench", StringComparison.OrdinalIgnoreCase) || stem.EndsWith("Eval", StringComparison.Ordinal) || stem.EndsWith("QA", StringComparison.Ordinal) || stem.EndsWith("Arena", StringComparison.Ordinal)
            || name.Text.Contains("Bench ", StringComparison.OrdinalIgnoreCase) || name.Text.Contains("-Bench", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsBenchmark(Mention mention) => mention.Kind == "benchmark";

    private static IEnumerable<FactDraft> Scores(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        if (Value(match) is not { } value || BenchmarkAt(sentence, match) is not { } benchmark || value.Start < benchmark.End)
            return [];
        var all = Benchmarks(sentence);
        var here = all.FindIndex(b => b.Start == benchmark.Start);
        // The figure belongs to the benchmark right before it; those between have taken it.
        var list = all.Skip(Math.Max(here, 0)).Where(b => b.End <= value.Start).ToList();
        var values = Values(sentence).Where(v => v.Start >= value.Start).ToList();
        if (list.Count > 1)
        {
            var run = values.Take(list.Count).ToList();
            if (!IsStartOfRun(sentence, all, here) || run.Count < list.Count || !IsRun(sentence, run) || !IsRun(sentence, list))
                return [];
            return list.Zip(run).SelectMany(pair => Fact(context, pair.First, pair.Second, benchmark.Start));
        }

        // The last of a list of benchmarks has its own figure in the list of figures.
        if (!IsStartOfRun(sentence, all, here))
            return [];
        var between = sentence.Slice(benchmark.End, value.Start);
        var isClear = value is not NumberValue || Scored.Any(word => between.Contains(word, StringComparison.OrdinalIgnoreCase)) || between.Trim().Length == 0;
        var isOther = between.Contains("排名", StringComparison.Ordinal) || between.Contains("提升", StringComparison.Ordinal) || values.Count == 0 || values[0].Start != value.Start || Values(sentence).Any(v => v.Start > benchmark.End && v.Start < value.Start);
        // 在 HLE 测试中, Grok 5 取得 52.3%: who scored stands between the two.
        var isElsewhere = Subjects.Named(context).Any(name => name.Start >= benchmark.End && name.End <= value.Start) || sentence.Contains(["前者", "后者", "the former", "the latter"], benchmark.End, value.Start);
        var start = isElsewhere ? value.Start : benchmark.Start;
        return isClear && !isOther ? Fact(context, benchmark, value, start) : [];
    }

    private static IEnumerable<FactDraft> ScoreOn(PatternMatch match, SentenceContext context)
    {
        if (Value(match) is not { } value || BenchmarkAt(context.Sentence, match) is not { } benchmark)
            return [];
        // A benchmark with a figure of its own before this one has it: scored 80% on X and 57% on Y.
        return Fact(context, benchmark, value, value.Start, benchmark.End);
    }

    private static IEnumerable<FactDraft> Fact(SentenceContext context, Span benchmark, Annotation value, int start, int? end = null)
    {
        var name = context.Sentence.Slice(benchmark);
        var capability = value switch
        {
            PercentValue percent => Capability.Of(percent, "benchmark-score"),
            QuantityValue points => Capability.Of(points, "benchmark-score", "score"),
            NumberValue number => new Capability(number, "benchmark-score", number.Amount, "score", number.Start, number.End),
            _ => null,
        };
        return capability is null ? [] : (capability with { Benchmark = name, Start = Math.Min(start, value.Start), End = Math.Max(value.End, end ?? 0) }).Drafts(context);
    }

    private static Annotation? Value(PatternMatch match) => (Annotation?)match.Find<PercentValue>("percent") ?? (Annotation?)match.Find<QuantityValue>("points") ?? match.Find<NumberValue>("number");

    private static Span? BenchmarkAt(Sentence sentence, PatternMatch match)
    {
        var start = match.Find<Mention>("benchmark")?.Start ?? match.Find<Name>("shape")?.Start;
        return Benchmarks(sentence).Find(b => b.Start == start);
    }

    // Each benchmark with its version: the name over a mention may be longer (OmniDocBench v1.6).
    private static List<Span> Benchmarks(Sentence sentence)
    {
        var mentions = sentence.All<Mention>().Where(IsBenchmark).Select(m => new Span(m.Start, sentence.All<Name>().Where(n => n.Start == m.Start && n.End > m.End && !n.Quoted && !sentence.Annotations.Any(a => a is PercentValue or QuantityValue && a.Start < n.End && a.Start >= m.End)).Select(n => n.End).DefaultIfEmpty(m.End).Max())).ToList();
        // On SWE-Bench: a preposition with a capital is no part of a known name.
        var shapes = sentence.All<Name>().Where(HasShape).Where(n => !mentions.Exists(m => m.Start > n.Start && m.Start < n.End)).Select(n => new Span(n.Start, n.End));
        return [.. mentions.Concat(shapes).GroupBy(span => span.Start).Select(group => group.MaxBy(span => span.End)!).OrderBy(span => span.Start)];
    }

    private static IEnumerable<Annotation> Values(Sentence sentence) =>
        sentence.Annotations.Where(a => a is PercentValue { IsPoints: false } or QuantityValue { Unit: "points" } or NumberValue).Where(a => !Benchmarks(sentence).Exists(b => b.Start <= a.Start && a.End <= b.End) && !sentence.All<Name>().Any(n => n.Start < a.Start && a.End <= n.End));

    private static bool IsStartOfRun(Sentence sentence, List<Span> all, int here) => here <= 0 || !IsRun(sentence, [all[here - 1], all[here]]);

    private static bool IsRun(Sentence sentence, IReadOnlyList<Annotation> items)
    {
        for (var i = 1; i < items.Count; i++)
        {
            if (items[i].Start - items[i - 1].End > 6 || sentence.Slice(items[i - 1].End, items[i].Start).Trim() is not ("、" or "," or "，" or "和" or "及" or "与" or "and" or ", and" or "/" or "以及"))
                return false;
        }

        return true;
    }
}
