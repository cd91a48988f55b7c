using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Availability;

/// <summary>Models, products and chips whose availability a sentence speaks of.</summary>
internal static partial class Things
{
    private static readonly string[] Nouns = ["模型", "大模型", "应用", "工具", "助手", "服务", "智能体", "平台", "浏览器", "插件", "功能", "芯片", "API", "App", "model", "app", "tool", "assistant", "service", "chips", "chip"];

    /// <summary>Things in a stretch: known kinds, quoted names, and unknown names with a noun that says what they are.</summary>
    public static IReadOnlyList<Party> In(SentenceContext context, int from, int to)
    {
        var sentence = context.Sentence;
        var found = new List<Party>();
        foreach (var name in sentence.Within<Name>(from, to).Where(name => IsThing(sentence, name)))
        {
            if (!found.Exists(other => other.Start < name.End && name.Start < other.End))
                found.Add(OfName(sentence, name));
        }

        return found;
    }

    /// <summary>The list that ends nearest before a position, or begins nearest behind it.</summary>
    public static IReadOnlyList<Party> Before(SentenceContext context, int at)
    {
        var things = In(context, context.Sentence.Start, at);
        var first = things.Count - 1;
        while (first > 0 && PartyLists.IsJoined(context.Sentence, things[first - 1].End, things[first].Start))
            first--;
        return [.. things.Skip(Math.Max(first, 0))];
    }

    public static IReadOnlyList<Party> Behind(SentenceContext context, int from, int reach)
    {
        var stop = Math.Min(context.Sentence.End, from + reach);
        var things = In(context, from, context.Sentence.End);
        if (things.Count == 0 || things[0].Start >= stop || PartyLists.ClauseEnd(context.Sentence, from) < things[0].Start)
            return [];
        var count = 1;
        while (count < things.Count && PartyLists.IsJoined(context.Sentence, things[count - 1].End, things[count].Start))
            count++;
        return [.. things.Take(count)];
    }

    /// <summary>Who makes a thing, where the vocabulary knows it or its family.</summary>
    public static Participant? Maker(SentenceContext context, Party thing)
    {
        var vocabulary = context.Report.Vocabulary;
        var name = context.Sentence.All<Name>().FirstOrDefault(n => n.Start == thing.Start && n.End == thing.End);
        var maker = (thing.Who.Candidates.Count > 0 ? vocabulary.Entry(thing.Who.Candidates[0]).Maker : null) ?? (name?.Family is { } family ? vocabulary.Entry(family).Maker : null);
        return maker is null ? null : new Participant(EntityKind.Company, vocabulary.Entry(maker).Name, [maker]);
    }

    // 混元图像 3.0: a family's name goes on with what the model makes and its version.
    private static Party OfName(Sentence sentence, Name name)
    {
        var more = name.Quoted ? Match.Empty : Edition().Match(sentence.Passage.Text, name.End, sentence.End - name.End);
        return more.Success && more.Index == name.End
            ? new Party(name.Start, name.End + more.Length, Participant.Unknown(name.Kind ?? EntityKind.Model, sentence.Slice(name.Start, name.End + more.Length)))
            : new Party(name.Start, name.End, new Participant(name.Kind ?? Kind(sentence, name), name.Text, name.Candidates));
    }

    [GeneratedRegex("^(?:图像|视频|语音|音乐|翻译|代码|世界模型|数字人|文生图|文生视频)[ ]?[0-9]+(?:\\.[0-9]+)*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Edition();

    private static bool IsThing(Sentence sentence, Name name)
    {
        if (name.Kind is EntityKind.Model or EntityKind.Product or EntityKind.Chip)
            return true;
        if (name.Kind is not null || sentence.All<Mention>().Any(m => m.Kind is EntityKind.Company or EntityKind.Organisation or EntityKind.Person && m.Start == name.Start && m.End == name.End))
            return false;
        return name.Quoted || HasNoun(sentence, name);
    }

    private static bool HasNoun(Sentence sentence, Name name) =>
        sentence.Contains(Nouns, Math.Max(sentence.Start, name.Start - 5), name.Start) || sentence.Contains(Nouns, name.End, Math.Min(sentence.End, name.End + 4));

    private static string Kind(Sentence sentence, Name name) =>
        sentence.Contains(["模型", "大模型", "model"], Math.Max(sentence.Start, name.Start - 7), Math.Min(sentence.End, name.End + 6)) ? EntityKind.Model : EntityKind.Product;
}
