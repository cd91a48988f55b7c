using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Availability;

/// <summary>How an authority decides on exports from now on: 对华出口 H200 由推定拒绝改为逐案审查 lifts a ban, the other way round restricts.</summary>
public static class ReviewRules
{
    private static readonly string[] Refused = ["推定拒绝", "一律拒绝", "原则上拒绝", "全面禁止", "禁止出口", "推定否决", "一律禁止"];

    private static readonly string[] Weighed = ["逐案审查", "个案审查", "逐案审批", "个案审批", "逐案审核", "逐笔审查", "逐案评估", "许可例外", "推定批准", "原则上批准", "通报制", "备案制"];

    private static readonly Pattern Changed = Seq(Gap(4, "。;,"), Lit("改为", "改成", "调整为", "转为", "放宽为", "放宽至", "变为", "改按", "收紧为", "收紧至"), Gap(4, "。;,"));

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("zh/availability/review-eased", Seq(Lit("由", "从"), Gap(6, "。;,"), Lit(Refused).As("was"), Changed, Lit(Weighed)), (match, context) => Build(match, context, "lifted")),
        new("zh/availability/review-tightened", Seq(Lit("由", "从"), Gap(6, "。;,"), Lit(Weighed).As("was"), Changed, Lit(Refused)), (match, context) => Build(match, context, "restricted")),
    ];

    private static IEnumerable<FactDraft> Build(PatternMatch match, SentenceContext context, string change)
    {
        var sentence = context.Sentence;
        if (Things.Before(context, match.Start).LastOrDefault(thing => thing.Who.Kind is EntityKind.Chip or EntityKind.Product or EntityKind.Model) is not { } thing)
            return [];
        var authority = sentence.All<Mention>().FirstOrDefault(m => m.Kind == EntityKind.Organisation && m.End <= match.Start);
        var place = sentence.Find(["对华", "向中国", "对中国", "输华", "销往中国"], sentence.Start, match.Start) is null ? null : "中国";
        return AvailabilityDraft.Of(context, [thing], change, authority is null ? null : Participant.Of(authority, sentence), null, Math.Min(thing.Start, match.Start), match.End)
            .Select(draft => place is null ? draft : draft with { Values = new Dictionary<string, System.Text.Json.Nodes.JsonNode?>(draft.Values, StringComparer.Ordinal) { ["region"] = place } });
    }
}
