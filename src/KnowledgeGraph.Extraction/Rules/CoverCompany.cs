using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Text;
using KnowledgeGraph.Extraction.Vocabulary;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>
/// The one company that a report is on, or null for a digest: a line of its cover is the company's name and code (緯穎（6669 TT）), or its
/// title names it and the text goes on about it.
/// </summary>
public static partial class CoverCompany
{
    private const int CoverBlocks = 14;

    private const int LongestHead = 100;

    public static Participant? Find(ReportContext context, IReadOnlyList<AnnotatedBlock?> blocks)
    {
        var named = blocks.OfType<AnnotatedBlock>().SelectMany(block => block.All<Mention>()).Where(m => m.Kind == EntityKind.Company).ToList();
        return OnCover(context) ?? InTitle(context, context.Metadata.Title, named)
            // Where the masthead passes for the title, the first heading is it (AMD 1Q26).
            ?? InTitle(context, context.Document.Blocks.Take(CoverBlocks).FirstOrDefault(block => block.Kind == BlockKind.Heading)?.Passage.Text, named);
    }

    private static Participant? OnCover(ReportContext context)
    {
        // Where lines that begin with name and code name several, they head the parts of a digest.
        if (context.Document.Blocks.Where(block => block.Passage.Text.Length <= LongestHead).Select(block => Head().Match(block.Passage.Text)).Where(match => match.Success).DistinctBy(match => match.Groups["code"].Value).Count() > 1)
            return null;
        var named = context.Metadata.Named.Select(name => Identify(context.Vocabulary, name)).OfType<Participant>().DistinctBy(who => who.Candidates.Count > 0 ? who.Candidates[0] : who.Name).ToList();
        return named.Count == 1 ? named[0] : null;
    }

    private static Participant? Identify(VocabularyIndex vocabulary, CoverName cover)
    {
        var known = (cover.Name is { } printed ? vocabulary.MatchWhole(printed, EntityKind.Company) : null) ?? vocabulary.MatchWhole(cover.Code, EntityKind.Company);
        return known is not null ? new Participant(EntityKind.Company, cover.Name ?? known.Name, [known.Id])
            : cover is { Name: { } unknown, IsBare: false } ? Participant.Unknown(EntityKind.Company, unknown)
            : null;
    }

    // A digest whose title happens to name one speaks of many.
    private static Participant? InTitle(ReportContext context, string? title, List<Mention> named)
    {
        if (title is null)
            return null;
        var text = Folding.Fold(title);
        var inTitle = context.Vocabulary.Find(Passage.Plain(text)).Where(m => m.Kind == EntityKind.Company).DistinctBy(m => m.Id).ToList();
        if (inTitle.Count != 1)
            return null;
        var share = named.Count == 0 ? 0m : (decimal)named.Count(m => m.Id == inTitle[0].Id) / named.Count;
        // AMD (AMD US): …, 联发科（2454）…: a title with the code behind the name is of that company alone.
        var hasCode = text.AsSpan(inTitle[0].End).TrimStart() is ['(', ..] && inTitle[0].Start < 8;
        return share > 0.5m || ((hasCode || context.Metadata.IsOnStock) && share > 0.25m) ? new Participant(EntityKind.Company, text[inTitle[0].Start..inTitle[0].End], inTitle[0].Candidates) : null;
    }

    [GeneratedRegex(@"^[\W0-9一二三四五六七八九十]{0,6}[^()|:,。;]{2,30}?\s?\((?<code>[0-9]{3,6}|[A-Z]{1,5})[. ](?:[A-Z]{1,3})[^()]{0,20}\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Head();
}
