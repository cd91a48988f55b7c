using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>Chronicles of releases without a verb, one line each, parted by spaces: 4 月 24 日　某公司　某模型 预览版　总参数 1.6 万亿，激活 490 亿.</summary>
public static partial class DatedLineRules
{
    public static IReadOnlyList<Rule> All { get; } = [new("zh/release/dated-line", Seq(Ann<DateValue>("date", date => date.Date.IsDay), Gap(14, "。；;,，:"), Ann<Name>("name", name => name.Kind is null or EntityKind.Model or EntityKind.Chip && !name.Quoted)), Line)];

    private static IEnumerable<FactDraft> Line(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var (date, name) = (match.Get<DateValue>("date"), match.Get<Name>("name"));
        if (sentence.Start != 0 || date.Start > 2 || sentence.Block.Kind is not (BlockKind.Paragraph or BlockKind.ListItem) || !IsListed(context) || Who(context, date.End, name) is not { } maker)
            return [];
        // DeepSeek DeepSeek-V4-Pro: the first of the two is the maker.
        var named = sentence.All<Name>().Where(other => other.Start >= maker.End && other.Start - maker.End <= 1).OrderByDescending(other => other.Length).FirstOrDefault();
        if (named is null || named.Text.Length < 3 || !named.Text.Any(char.IsAsciiDigit) || named.End < sentence.End && sentence.Passage.Text[named.End] is not (' ' or ',' or '('))
            return [];
        var thing = ReleasedThing.Of(context, named, named.Start, maker.Who) ?? new ReleasedThing(named.Text, context.Report.Kinds.Kind(named) ?? EntityKind.Model, named.Candidates, null, null, sentence.Text, named.Start, named.End);
        return thing with { Phrase = sentence.Text } is var told && told.Draft(context, new Span(named.Start, sentence.End), new Maker(maker.Who, date.End)) is { } draft ? [draft with { When = date.Date.Text }] : [];
    }

    // A company between the day and the name, or a name of ideographs that stands there alone.
    private static (Participant Who, int End)? Who(SentenceContext context, int from, Name name)
    {
        var sentence = context.Sentence;
        var at = sentence.SkipSpace(from);
        if (sentence.All<Mention>().FirstOrDefault(m => m.Kind == EntityKind.Company && m.Start == at && sentence.Passage.Text[m.End] == ' ') is { } known)
            return (Participant.Of(known, sentence), known.End);
        var word = sentence.Slice(at, name.Start).TrimEnd();
        return at > from && word.Length is >= 2 and <= 8 && word.All(c => c is >= '\u4e00' and <= '\u9fff') && sentence.Passage.Text[at + word.Length] == ' ' ? (Participant.Unknown(EntityKind.Company, word), at + word.Length) : null;
    }

    // One such line alone is a sentence like any other.
    private static bool IsListed(SentenceContext context)
    {
        var blocks = context.Report.Document.Blocks;
        var index = Array.IndexOf([.. blocks], context.Sentence.Block);
        return new[] { index - 1, index + 1 }.Any(at => at >= 0 && at < blocks.Count && blocks[at].Kind == context.Sentence.Block.Kind && Day().IsMatch(blocks[at].Passage.Text));
    }

    [GeneratedRegex(@"^(?:\d{4} ?[年/.-] ?)?\d{1,2} ?[月/.-] ?\d{1,2}(?: ?日)? ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Day();
}
