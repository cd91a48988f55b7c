using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Capabilities;

/// <summary>Figures that a word states outright: sizes in parameters, places told in words, scores on tests that nobody knows.</summary>
public static class StatedFigureRules
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    private static readonly string[] Active = ["激活参数", "激活", "活跃参数", "启用", "激活量", "active", "activated", "activates"];

    private static readonly string[] Sizes = ["总参数", "参数量", "参数规模", "参数总量", "总参数量", "参数", "模型规模", "激活参数", "激活", "每次仅启用", "启用", "活跃参数", "parameters", "active parameters", "total parameters"];

    private static readonly string[] Released = ["发布", "推出", "开源", "上线", "发表", "放出", "释出", "端出", "launched", "released", "unveiled", "open-sourced", "introduced"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("capability/size", Seq(Lit(Sizes).As("word"), Opt(Lit("为", "达", "达到", "约", "高达", "仅", "共", "of", "at", ":")), Alt(Ann<QuantityValue>("quantity", q => q.Unit == "parameters"), Ann<NumberValue>("number", n => n.High is null && n.Amount >= 10_000_000))), Size),
        new("capability/size-of", Seq(Ann<QuantityValue>("quantity", q => q.Unit == "parameters"), Opt(Lit("active", "activated", "total"))), Size),
        new("en/capability/ordinal", Seq(Lit("ranks", "ranked", "ranking", "placed", "places", "came", "comes", "finished", "finishes", "sits", "debuted", "landed", "stands").As("word"), Gap(6, ",.;"), Lit(Ordinals).As("ordinal"), Gap(16, ".;"), Lit("on", "in", "of", "at").As("on")), Place),
        new("capability/unknown-test", Seq(Lit("在", "于", "on", "in"), Opt(Lit("the")), Ann<Name>("test", IsTest), Gap(18, "。；;"), Alt(Ann<QuantityValue>("points", q => q.Unit == "points"), Ann<PercentValue>("percent", p => !p.IsPoints && !p.IsSigned))), OnUnknown),
    ];

    private static bool IsTest(Name name) => name.Kind is null && name.Candidates.Count == 0 && !name.Quoted && name.Text.Length is >= 3 and <= 24 && name.Text.Count(char.IsAsciiLetterUpper) >= 2 && !BenchmarkRules.HasShape(name);

    private static IEnumerable<FactDraft> Size(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        // Beside a release the size is the release's; 2 万亿参数的 X is X's.
        if (sentence.Contains(Released, sentence.Start, sentence.End) || sentence.Has("的", match.End, out _) || sentence.Contains(["训练数据", "token", "tokens"], match.Start, match.End))
            return [];
        Annotation value = match.Find<QuantityValue>("quantity") is { } quantity ? quantity : match.Get<NumberValue>("number");
        var amount = value is QuantityValue q ? q.Amount : ((NumberValue)value).Amount;
        var isActive = sentence.Contains(Active, match.Start, Math.Min(sentence.End, match.End));
        return OfModel(new Capability(value, isActive ? "active-parameters" : "parameters", amount, "parameters", match.Start, match.End).Drafts(context, allowCarried: false));
    }

    private static IEnumerable<FactDraft> OfModel(IEnumerable<FactDraft> drafts) => drafts.Where(draft => draft.Roles["subject"].All(subject => subject.Kind == EntityKind.Model));

    private static IEnumerable<FactDraft> Place(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (ordinal, on) = (match.Get<Span>("ordinal"), match.Get<Span>("on"));
        var benchmark = sentence.All<Mention>().FirstOrDefault(m => m.Kind == "benchmark" && m.Start >= on.End && m.Start - on.End <= 12);
        var place = Array.IndexOf(Ordinals, sentence.Slice(ordinal).ToLowerInvariant()) + 1;
        return benchmark is null ? [] : (new Capability(ordinal, "rank", place, "rank", match.Start, benchmark.End) { Benchmark = sentence.Slice(benchmark) }).Drafts(context).Select(draft => draft with { Consumes = [] });
    }

    private static IEnumerable<FactDraft> OnUnknown(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var test = match.Get<Name>("test");
        Annotation value = match.Find<QuantityValue>("points") is { } points ? points : match.Get<PercentValue>("percent");
        var between = sentence.Slice(test.End, value.Start);
        var isScore = value is QuantityValue || new[] { "得分", "拿下", "取得", "拿到", "得到", "得", "成绩", "scored", "scores", "hits", "gets", "reached", "reaches", "achieved", "跑出", "达到" }.Any(word => between.Contains(word, StringComparison.OrdinalIgnoreCase));
        var isKnown = sentence.All<Mention>().Any(m => m.Start < test.End && test.Start < m.End) || context.Report.Kinds.Kind(test) is not null;
        var capability = value is QuantityValue q ? Capability.Of(q, "benchmark-score", "score") : Capability.Of((PercentValue)value, "benchmark-score");
        return !isScore || isKnown ? [] : (capability with { Benchmark = test.Text, Start = Subjects.Named(context).Any(name => name.Start >= test.End && name.End <= value.Start) ? value.Start : match.Start }).Drafts(context);
    }
}
