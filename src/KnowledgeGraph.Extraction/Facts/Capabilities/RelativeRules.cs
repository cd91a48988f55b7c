using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Capabilities;

/// <summary>Multiples, percentages and costs: what they are of, a word near them says; words of business make them none of ours.</summary>
public static class RelativeRules
{
    private static readonly string[] Accuracy = ["准确率", "精度", "正确率", "胜率", "通过率", "识别率", "成功率", "召回率", "完成率", "accuracy", "win rate", "pass rate", "success rate", "precision"];

    private static readonly string[] Change = ["提升", "提高", "降低", "减少", "下降", "缩短", "节省", "降", "下降了", "提升了", "降低了", "减少了", "高出", "低", "快", "高", "仅为", "不到", "不足", "相当于", "improves", "improved", "reduces", "reduced", "reduction", "cuts", "cut", "down", "up", "lower", "higher", "faster", "cheaper", "less", "fewer", "more", "better", "saves", "increase", "boosts", "by"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("capability/multiple", Ann<MultipleValue>("value"), Multiple),
        new("capability/percent", Ann<PercentValue>("value", p => !p.IsPoints), Percent),
        new("capability/accuracy", Seq(Lit(Accuracy), Gap(10, "。；，,;"), Ann<PercentValue>("value", p => !p.IsPoints)), AccuracyOf),
        new("capability/accuracy-still", Seq(Lit("仍有", "仍达", "仍保持", "仍能保持", "仍可达", "still"), Gap(4, "。；，,;"), Ann<PercentValue>("value", p => !p.IsPoints)), AccuracyStill),
        new("capability/cost", Seq(Lit("成本", "费用", "cost", "costs", "cost of").As("word"), Gap(14, "。；，,;"), Ann<MoneyValue>("value", m => m.Per is null)), Cost),
    ];

    private static IEnumerable<FactDraft> Multiple(PatternMatch match, SentenceContext context)
    {
        var value = match.Get<MultipleValue>("value");
        if (Cues.MetricOf(context.Sentence, value) is not { } metric)
            return [];
        var compared = Comparisons.Of(context.Sentence, value);
        return (Capability.Of(value, metric) with { ComparedTo = compared?.Text, Start = compared?.Start ?? value.Start }).Drafts(context);
    }

    private static IEnumerable<FactDraft> Percent(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var value = match.Get<PercentValue>("value");
        var clause = Clauses.Start(sentence, value.Start);
        var isEquated = sentence.Slice(clause, value.Start).TrimEnd().EndsWith('的');
        if ((!isEquated && !sentence.Contains(Change, clause, Math.Min(sentence.End, value.End + 10))) || Cues.MetricOf(sentence, value) is not { } metric)
            return [];
        var compared = Comparisons.Of(sentence, value);
        return (Capability.Of(value, metric) with { Amount = Math.Abs(value.Percent), ComparedTo = compared?.Text, Start = compared?.Start ?? value.Start }).Drafts(context);
    }

    private static IEnumerable<FactDraft> AccuracyOf(PatternMatch match, SentenceContext context)
    {
        var value = match.Get<PercentValue>("value");
        var hasBenchmark = context.Sentence.All<Mention>().Any(m => m.Kind == "benchmark" && Math.Abs(m.Start - value.Start) < 40);
        return hasBenchmark ? [] : (Capability.Of(value, "benchmark-score") with { Start = match.Start }).Drafts(context);
    }

    private static IEnumerable<FactDraft> AccuracyStill(PatternMatch match, SentenceContext context) =>
        context.Sentence.Contains(Accuracy, context.Sentence.Start, match.Start) ? Capability.Of(match.Get<PercentValue>("value"), "benchmark-score").Drafts(context) : [];

    private static IEnumerable<FactDraft> Cost(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var word = match.Get<Span>("word");
        var value = match.Get<MoneyValue>("value");
        var isTraining = sentence.Contains(["训练", "training", "train"], Math.Max(sentence.Start, word.Start - 10), word.End);
        var isThing = Subjects.Named(context).Any(name => name.End <= word.Start && context.Report.Kinds.Kind(name) is EntityKind.Model or EntityKind.Product);
        var isBusiness = sentence.Contains(["营业", "收入", "采购", "亿元", "研发", "营销", "revenue", "million", "billion"], Clauses.Start(sentence, word.Start), Clauses.End(sentence, value.End)) && !isTraining;
        return isBusiness ? [] : (Capability.Of(value, isTraining ? "training-cost" : "cost") with { Start = word.Start }).Drafts(context, allowCarried: isThing || isTraining || context.Previous is not null);
    }
}
