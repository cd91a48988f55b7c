using KnowledgeGraph.Domain.Entities;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// Which model, product or chip a sentence speaks of: the nearest name before a position that is not compared with, built on or replaced;
/// without one, the thing of which the text went on about.
/// </summary>
public static class Subjects
{
    // Behind one of these a name is measured against, used or replaced, wherever in the stretch before it the word stands.
    private static readonly string[] Oblique =
    [
        "超过", "超越", "超出", "优于", "强于", "领先", "胜过", "击败", "接近", "媲美", "比肩", "对标", "对比", "相比", "相较", "较之", "低于", "高于", "不及", "不如", "落后", "逊于", "打败", "追平",
        "基于", "取代", "接替", "替代", "替换", "竞争对手", "采用", "搭载", "集成", "接入", "运行于", "结合", "适配", "依托", "借助", "使用", "内嵌", "内置", "前代", "上一代", "上代", "初代", "除了", "通过", "不再", "转向", "调用", "兼容", "蒸馏自", "架设在", "建立在",
        "versus", "vs", "vs.", "than", "over", "against", "from", "with", "beats", "beat", "surpasses", "surpassing", "outperforms", "outperforming", "replaces", "replacing", "replaced", "behind", "ahead", "like", "compared", "rivals", "matching", "predecessor", "starts",
    ];

    // These only right before the name (or before its company).
    private static readonly string[] Prepositions = ["较", "比", "与", "和", "同", "跟", "对", "从", "为", "用", "以", "于", "在", "of", "on", "by", "for", "in", "at", "via", "using", "to", "and", "or"];

    private static readonly string[] Joiners = ["、", "和", "及", "与", "以及", ",", "，", "and", "or", "/", "或", ", and"];

    private static readonly string[] AllOf = ["均", "都", "两款", "两者", "二者", "三款", "both", "Both", "each", "Each", "All"];

    /// <summary>The subject or subjects of what stands at a position; empty where none is known.</summary>
    public static IReadOnlyList<Participant> Of(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var nearest = Named(context).LastOrDefault(name => name.End <= at);
        var isAll = sentence.Contains(AllOf, nearest?.End ?? sentence.Start, at);
        if (Elliptical(context, nearest?.End ?? sentence.Start, at) is { } short_)
            return [short_];
        if (nearest is not null)
            return isAll ? [.. JoinedWith(context, nearest).Select(name => ToParticipant(context, name))] : [ToParticipant(context, nearest)];
        return Carried(context, isAll);
    }

    /// <summary>The names of things in a sentence that may be its subject, in order.</summary>
    public static IEnumerable<Name> Named(SentenceContext context) =>
        context.Sentence.All<Name>().Where(name => context.Report.Kinds.Kind(name) is not null && !IsOblique(context, name));

    public static Participant ToParticipant(SentenceContext context, Name name) =>
        new(context.Report.Kinds.Kind(name) ?? name.Kind ?? EntityKind.Product, name.Text, name.Candidates);

    /// <summary>What the sentences before, or the item or heading above, were about.</summary>
    public static IReadOnlyList<Participant> Carried(SentenceContext context, bool isAll = false)
    {
        for (var before = context.Previous; before is not null; before = before.Previous)
        {
            if (Named(before).FirstOrDefault() is { } name)
                return isAll ? [.. JoinedWith(before, name).Select(joined => ToParticipant(before, joined))] : [ToParticipant(before, name)];
        }

        return context.Topic.Thing is { } thing ? [thing] : [];
    }

    /// <summary>A name and those joined with it: A、B 和 C.</summary>
    public static IReadOnlyList<Name> JoinedWith(SentenceContext context, Name name)
    {
        var names = context.Sentence.All<Name>().Where(other => context.Report.Kinds.Kind(other) is not null).ToList();
        var first = names.IndexOf(name);
        var last = first;
        while (first > 0 && IsJoiner(context.Sentence, names[first - 1], names[first]))
            first--;
        while (last >= 0 && last + 1 < names.Count && IsJoiner(context.Sentence, names[last], names[last + 1]))
            last++;
        return first < 0 ? [name] : names[first..(last + 1)];
    }

    /// <summary>Whether a name is compared with, used or replaced and so not what the sentence is about.</summary>
    public static bool IsOblique(SentenceContext context, Name name)
    {
        var sentence = context.Sentence;
        var previous = sentence.All<Name>().LastOrDefault(other => other.End <= name.Start && context.Report.Kinds.Kind(other) is not null);
        var clause = Clauses.Start(sentence, name.Start);
        if (previous is not null && IsJoiner(sentence, previous, name))
            return IsOblique(context, previous);
        var from = Math.Max(clause, previous?.End ?? clause);
        var company = sentence.All<Mention>().FirstOrDefault(m => m.Kind == EntityKind.Company && m.End <= name.Start && m.Start >= from && sentence.Slice(m.End, name.Start).Trim() is "" or "的" or "'s" or "’s");
        var to = company?.Start ?? name.Start;
        if (sentence.Find(Oblique, from, name.Start) is { } found && !sentence.Contains(["发布", "推出", "开源", "上线"], found.End, name.Start))
            return true;
        var before = sentence.Slice(from, to).TrimEnd();
        return Prepositions.Any(word => before.EndsWith(word, StringComparison.OrdinalIgnoreCase) && (!char.IsAsciiLetter(word[0]) || before.Length == word.Length || !char.IsAsciiLetter(before[^(word.Length + 1)])));
    }

    // mini, Super: the last part of a name that the block gave in full before.
    private static Participant? Elliptical(SentenceContext context, int from, int at)
    {
        var sentence = context.Sentence;
        for (var before = context; before is not null; before = before.Previous)
        {
            foreach (var name in before.Sentence.All<Name>().Where(n => context.Report.Kinds.Kind(n) is not null && (before != context || n.End <= from)))
            {
                var part = name.Text[(name.Text.LastIndexOfAny([' ', '-']) + 1)..];
                if (part.Length < name.Text.Length && part.Length > 2 && part.All(char.IsAsciiLetter)
                    && sentence.Find([part], from, at) is { } found && !sentence.All<Name>().Any(n => n.Start <= found.Start && found.End <= n.End && context.Report.Kinds.Kind(n) is not null))
                    return ToParticipant(before, name);
            }
        }

        return null;
    }

    private static bool IsJoiner(Sentence sentence, Name left, Name right) =>
        right.Start >= left.End && Joiners.Contains(sentence.Slice(left.End, right.Start).Trim(), StringComparer.OrdinalIgnoreCase);
}
