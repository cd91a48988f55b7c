using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>Which names a word of releasing reaches: the first of its clause that is no means or measure of another, and those joined to it.</summary>
public static class NamedThings
{
    private static readonly string[] Joiners = [", 以及", "，以及", ",以及", ", and", "以及", "、", "和", "及", "与", "and", "& ", "+"];

    // A name behind one of these is what the thing is made of or for, not the thing.
    private static readonly string[] Means = ["基于", "适配", "支持", "接入", "集成", "面向", "搭载", "采用", "针对", "打通", "对标", "整合", "替代", "内嵌", "内置", "专为", "为", "以", "由", "对", "向", "在", "于", "for", "with", "on", "in", "based on", "to", "by", "of", "from", "at", "via", "than", "alongside", "after", "as"];

    /// <summary>The things named behind a verb.</summary>
    /// <param name="verbEnd">Where the verb ends.</param>
    /// <param name="maker">Who releases them, where that is known.</param>
    public static IEnumerable<ReleasedThing> After(SentenceContext context, int verbEnd, Participant? maker = null)
    {
        var sentence = context.Sentence;
        if (First(context, verbEnd) is not { } first)
            yield break;
        var (name, from) = first;
        while (ReleasedThing.Of(context, name, from, maker) is { } thing)
        {
            yield return thing;
            from = Math.Max(thing.End, name.End);
            if (NextJoined(sentence, from) is not { } next)
                yield break;
            (name, from) = (Completed(name, next.Name), next.From);
        }
    }

    // Nemotron 3 Nano、Super 和 Ultra: an edition alone continues the name before it.
    private static Name Completed(Name before, Name name)
    {
        var cut = before.Text.LastIndexOfAny([' ', '-']);
        var isEdition = name.Family is null && cut > 0 && NameKinds.IsEdition(name.Text) && NameKinds.IsEdition(before.Text[(cut + 1)..]);
        return isEdition ? before with { Start = name.Start, End = name.End, Text = before.Text[..(cut + 1)] + name.Text, Candidates = [] } : name;
    }

    private static (Name Name, int From)? First(SentenceContext context, int verbEnd)
    {
        var sentence = context.Sentence;
        var from = verbEnd;
        var end = Clauses.End(sentence, verbEnd);
        var names = Names(sentence, verbEnd, end);
        // 宣布开放两款新模型: 图像生成模型 X 和 Y.
        if (names.Count == 0 && end < sentence.End && sentence.Passage.Text[end] is ':' or '：' && HeadNouns.Ending(sentence.Slice(verbEnd, end)) is not null)
        {
            from = end + 1;
            end = Clauses.End(sentence, from);
            names = Names(sentence, from, end);
        }

        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i];
            if (name.Start - from > 40)
                return null;
            var before = sentence.Slice(from, name.Start);
            var next = i + 1 < names.Count ? names[i + 1].Start : end;
            var isCalled = new[] { "名为", "名叫", "叫做", "命名为", "代号", "代号为", "called", "named", "dubbed" }.Any(word => before.TrimEnd().EndsWith(word, StringComparison.OrdinalIgnoreCase));
            var isMeans = !isCalled && EndsWithMeans(before);
            var isAttribute = sentence.Slice(name.End, Math.Max(name.End, next)).Contains('的', StringComparison.Ordinal) && !isCalled && (isMeans || i + 1 < names.Count);
            if (isAttribute)
                continue;
            return isMeans ? null : (name, from);
        }

        return null;
    }

    private static List<Name> Names(Sentence sentence, int from, int to) =>
    [
        .. sentence.All<Name>().Where(name => name.Start >= from && name.Start < to && IsReleasable(name))
            .GroupBy(name => name.Start).Select(same => same.First())
            .Where(name => !Licenses.IsOne(name.Text) && !sentence.All<Name>().Any(other => other != name && other.Start <= name.Start && name.End <= other.End && IsReleasable(other))),
    ];

    private static bool IsReleasable(Name name) => name.Kind is null or EntityKind.Model or EntityKind.Product or EntityKind.Chip;

    private static (Name Name, int From)? NextJoined(Sentence sentence, int from)
    {
        var at = sentence.SkipSpace(from);
        // X (a smaller model) and Y: brackets between two joined names say something of the first.
        if (at < sentence.End && sentence.Passage.Text[at] == '(')
        {
            var close = sentence.Passage.Text.IndexOf(')', at, sentence.End - at);
            at = close < 0 ? at : sentence.SkipSpace(close + 1);
        }

        var joiner = Joiners.FirstOrDefault(word => string.CompareOrdinal(sentence.Passage.Text, at, word, 0, word.Length) == 0);
        if (joiner is null)
            return null;
        var start = at + joiner.Length;
        var end = Clauses.End(sentence, start);
        var name = Names(sentence, start, Math.Min(end, start + 24)).FirstOrDefault();
        return name is null || EndsWithMeans(sentence.Slice(start, name.Start)) ? null : (name, start);
    }

    private static bool EndsWithMeans(string before)
    {
        var text = before.TrimEnd(' ', '“', '‘', '「', '"');
        return Means.Any(word => text.EndsWith(word, StringComparison.OrdinalIgnoreCase) && (!char.IsAsciiLetter(word[0]) || text.Length == word.Length || !char.IsAsciiLetter(text[^(word.Length + 1)])));
    }
}
