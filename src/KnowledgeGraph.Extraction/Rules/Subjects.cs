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
        "基于", "取代", "接替", "替代", "替换", "竞争对手", "采用", "搭载", "集成", "接入", "运行于", "结合", "适配", "依托", "借助", "使用", "内嵌", "内置", "前代", "上一代", "上代", "初代", "除了", "运行", "跑", "通过", "不再", "转向", "调用", "兼容", "蒸馏自", "架设在", "建立在",
        "versus", "vs", "vs.", "than", "over", "against", "from", "with", "beats", "beat", "surpasses", "surpassing", "outperforms", "outperforming", "replaces", "replacing", "replaced", "behind", "ahead", "like", "compared", "rivals", "matching", "matches", "matched", "trails", "equals", "ties", "predecessor", "starts", "ran", "runs", "running", "serving", "serves",
    ];

    // These only right before the name (or before its company).
    private static readonly string[] Prepositions = ["较", "比", "与", "和", "同", "跟", "对", "从", "为", "用", "拿", "靠", "以", "于", "在", "of", "on", "by", "for", "in", "at", "via", "using", "to", "and", "or"];

    private static readonly string[] OwnFigure = ["latency of", "speed of", "throughput of", "cost of", "accuracy of", "score of", "performance of", "window of", "footprint of"];

    private static readonly string[] Joiners = ["、", "和", "及", "与", "以及", ",", "，", "and", "or", "/", "或", ", and"];

    private static readonly string[] AllOf = ["均", "都", "两款", "两者", "二者", "三款", "both", "Both", "each", "Each", "All"];

    /// <summary>The subject or subjects of what stands at a position; empty where none is known.</summary>
    public static IReadOnlyList<Participant> Of(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        if (Told(context, at) is { } told)
            return [told];
        var nearest = Named(context).LastOrDefault(name => name.End <= at);
        var isAll = sentence.Contains(AllOf, nearest?.End ?? sentence.Start, at);
        if (Elliptical(context, nearest?.End ?? sentence.Start, at) is { } short_)
            return [short_];
        if (nearest is not null)
            return isAll ? [.. JoinedWith(context, nearest).Select(name => ToParticipant(context, name))] : [ToParticipant(context, nearest)];
        return Carried(context, isAll);
    }

    private static readonly string[] Latter = ["后者", "the latter"];

    private static readonly string[] OfTwo = ["前者", "后者", "the former", "the latter"];

    /// <summary>Which of two things named before 前者 or 后者 means at a position; null where neither word speaks there, or fewer than two were named.</summary>
    public static Participant? Told(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        if (sentence.Find(OfTwo, sentence.Start, at) is not { } first)
            return null;
        var word = first;
        for (var next = sentence.Find(OfTwo, word.End, at); next is { } later; next = sentence.Find(OfTwo, word.End, at))
            word = later;
        if (Named(context).Any(name => name.Start >= word.End && name.End <= at))
            return null;
        var isLatter = sentence.Contains(Latter, word.Start, word.End);
        var two = Before(context, first.Start);
        return two.Count > 1 ? two[isLatter ? ^1 : ^2] : null;
    }

    // The things named before a position, at least two of them where the sentences before have as many.
    private static List<Participant> Before(SentenceContext context, int at)
    {
        var things = new List<Participant>();
        foreach (var here in context.AndEarlier.Take(3))
        {
            var named = here.Sentence.All<Name>().Where(name => (here != context || name.End <= at) && context.Report.Kinds.Kind(name) is not null && !IsCompany(here, name) && !here.Sentence.All<Name>().Any(other => other != name && other.Start <= name.Start && name.End <= other.End && other.Length > name.Length));
            things.InsertRange(0, named.Select(name => ToParticipant(here, name)));
            if (things.Select(thing => thing.Name).Distinct(StringComparer.Ordinal).Count() > 1)
                break;
        }

        return [.. things.AsEnumerable().Reverse().DistinctBy(thing => thing.Name, StringComparer.Ordinal).Reverse()];
    }

    /// <summary>The names of things in a sentence that may be its subject, in order.</summary>
    public static IEnumerable<Name> Named(SentenceContext context) =>
        context.Sentence.All<Name>().Where(name => context.Report.Kinds.Kind(name) is not null && !IsCompany(context, name) && !IsOblique(context, name));

    /// <summary>The thing that a name stands for, with the nouns behind it where they make it another thing (ChatGPT 个人理财工具).</summary>
    public static Participant ToParticipant(SentenceContext context, Name name) =>
        NounEvidence.Extension(context.Sentence, name) is { } extended ? Participant.Unknown(EntityKind.Product, context.Sentence.Slice(name.Start, extended.End))
            : new(context.Report.Kinds.Kind(name) ?? name.Kind ?? EntityKind.Product, context.Report.Kinds.FullName(name), name.Candidates);

    // Mistral, Kimi: where maker and models share a name, the bare name is the maker's.
    private static bool IsCompany(SentenceContext context, Name name) =>
        name.Candidates.Count > 0 && context.Sentence.All<Mention>().Any(m => m.Kind == EntityKind.Company && m.Start == name.Start && m.End == name.End);

    /// <summary>What the sentences before, or the item or heading above, were about.</summary>
    public static IReadOnlyList<Participant> Carried(SentenceContext context, bool isAll = false)
    {
        for (var before = context.Previous; before is not null; before = before.Previous)
        {
            if (Main(before) is { } name)
                return isAll ? [.. JoinedWith(before, name).Select(joined => ToParticipant(before, joined))] : [ToParticipant(before, name)];
        }

        return context.Topic.Thing is { } thing ? [thing] : [];
    }

    // The first thing named; a whole family only where no member is (腾讯混元 开源 HunyuanVideo 1.5).
    private static Name? Main(SentenceContext context)
    {
        var named = Named(context).ToList();
        return named.Find(name => name.Candidates.Count == 0 || context.Report.Vocabulary.Find(name.Candidates[0]) is not { IsFamily: true }) ?? named.FirstOrDefault();
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
        if (IsAudience(sentence, JoinedWith(context, name)[^1]))
            return true;
        if (previous is not null && IsJoiner(sentence, previous, name))
            return IsOblique(context, previous);
        var from = Math.Max(clause, previous?.End ?? clause);
        var company = sentence.All<Mention>().FirstOrDefault(m => m.Kind == EntityKind.Company && m.End <= name.Start && m.Start >= from && sentence.Slice(m.End, name.Start).Trim() is "" or "的" or "'s" or "’s");
        var to = company?.Start ?? name.Start;
        if (sentence.Find(Oblique, from, name.Start) is { } found && !sentence.Contains(["发布", "推出", "开源", "上线"], found.End, name.Start))
            return true;
        var before = sentence.Slice(from, to).TrimEnd();
        if (IsMeasure(context, name) || IsPlace(sentence, from, name) || IsUsed(context, before, name))
            return true;
        // latency of X, 成本: what is said of X's own figure.
        if (OwnFigure.Any(figure => before.EndsWith(figure, StringComparison.OrdinalIgnoreCase)))
            return false;
        return Prepositions.Any(word => before.EndsWith(word, StringComparison.OrdinalIgnoreCase) && (!char.IsAsciiLetter(word[0]) || before.Length == word.Length || !char.IsAsciiLetter(before[^(word.Length + 1)])));
    }

    // 安卓系统用户, iOS 开发者: people of a thing.
    private static bool IsAudience(Sentence sentence, Name name) =>
        sentence.Contains(["用户", "开发者", "客户", "订阅者", "users", "subscribers", "developers"], name.End, Math.Min(sentence.End, name.End + 5)) && NounEvidence.PhraseBehind(sentence, name) is not null;

    // 是 X 和 Y 的 4 倍: what the figure is a multiple of.
    private static bool IsMeasure(SentenceContext context, Name name)
    {
        var sentence = context.Sentence;
        var end = JoinedWith(context, name)[^1].End;
        var at = sentence.SkipSpace(end);
        return at < sentence.End && sentence.Passage.Text[at] == '的' && sentence.Annotations.Any(a => a is MultipleValue or PercentValue && a.Start > at && a.Start <= at + 3);
    }

    // 在 X 上, 在 X 压测中: a place.
    private static bool IsPlace(Sentence sentence, int from, Name name)
    {
        var before = sentence.Slice(from, name.Start);
        var open = before.LastIndexOf('在');
        open = open < 0 ? before.LastIndexOf("放到", StringComparison.Ordinal) : open;
        return open >= 0 && before.IndexOfAny(['上', '中', '里', '下', '内'], open) < 0 && sentence.Slice(name.End, Clauses.End(sentence, name.End)).IndexOfAny(['上', '中', '里', '下', '内']) >= 0;
    }

    // 一块 A100 显卡, 由 X 驱动: what is used.
    private static bool IsUsed(SentenceContext context, string before, Name name)
    {
        // 配备 144GB HBM3E: so much of it is on board of something else.
        if (name.Kind == EntityKind.Chip && context.Sentence.All<QuantityValue>().Any(q => q.Unit is "GB" or "TB" && q.End <= name.Start && name.Start - q.End <= 4 && context.Sentence.Slice(q.End, name.Start).Trim() is "" or "of" or "的"))
            return true;
        if (name.Kind == EntityKind.Chip && (IsOnBoard(context.Sentence, name) || IsCounted(before)))
            return true;
        if (name.Kind == EntityKind.Chip && before.Length > 1 && "块张颗枚台片卡套".Contains(before[^1], StringComparison.Ordinal) && "0123456789 一二两三四五六七八九十百千万多数几每单整".Contains(before[^2], StringComparison.Ordinal) && HeadNouns.Ending(before) is null)
            return true;
        return before.Contains('由', StringComparison.Ordinal) && context.Sentence.Contains(["驱动", "训练而来", "微调", "提供支持", "构建", "打造"], name.End, Math.Min(context.Sentence.End, name.End + 16));
    }

    private static readonly string[] MemoryTypes = ["HBM", "DRAM", "SRAM", "LPDDR", "GDDR", "DDR", "NAND"];

    // HBM 容量 432GB, 88GB of on-chip SRAM, Raptor (3D-stacked DRAM): what something else has.
    private static bool IsOnBoard(Sentence sentence, Name name)
    {
        if (!MemoryTypes.Any(type => name.Text.StartsWith(type, StringComparison.Ordinal)))
            return false;
        var before = sentence.Slice(Clauses.Start(sentence, name.Start), name.Start).TrimEnd();
        return new[] { "容量", "总量", "总容量", "共", "合计", "带宽", "capacity", "in total", "aboard", "on board" }.Any(word => sentence.Has(word, sentence.SkipSpace(name.End), out _))
            || before.EndsWith("on-chip", StringComparison.OrdinalIgnoreCase) || before.EndsWith("stacked", StringComparison.OrdinalIgnoreCase) || before.EndsWith("片上", StringComparison.Ordinal);
    }

    // on two Jetson Thor modules, 用 480 张 B300: so many of it at work for something else.
    private static bool IsCounted(string before)
    {
        var words = before.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && (words[^1].All(char.IsAsciiDigit) || Numerals.Contains(words[^1], StringComparer.OrdinalIgnoreCase)) && Prepositions.Contains(words[^2], StringComparer.OrdinalIgnoreCase);
    }

    private static readonly string[] Numerals = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "sixteen", "single", "a", "an", "its", "dozens"];

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
