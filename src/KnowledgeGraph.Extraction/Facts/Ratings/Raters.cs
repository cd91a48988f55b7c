using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Forecasts;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Ratings;

/// <summary>Who rates and what is rated in running text.</summary>
public static class Raters
{
    private static readonly string[] Doers = [" at", " by", " from", "(", "-", "—", "–", ":"];

    private static readonly string[] Boards = ["板块", "行业", "sector", "industry"];

    /// <summary>The broker that the sentence names before a position, else the house itself; news media and the rated company rate nothing.</summary>
    public static Participant? Broker(SentenceContext context, int at)
    {
        var named = context.Sentence.All<Mention>().LastOrDefault(m => m.End <= at && IsHouse(context, m)) ?? Behind(context, at);
        if (named is null && UnnamedHouses.Find(context.Sentence, context.Sentence.Start, at) is var (others, _))
            return others;
        return named is null ? context.Report.Publisher : new Participant(EntityKind.Publisher, context.Sentence.Slice(named), [named.Candidates.First(id => id.StartsWith("publisher/", StringComparison.Ordinal))]);
    }

    // Cut to Sell at Citi, started at Buy by Barclays: the house stands behind, unless the writers speak of themselves.
    private static Mention? Behind(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        return sentence.Contains(["we", "our", "us", "我们", "本行"], sentence.Start, at) ? null
            : sentence.All<Mention>().FirstOrDefault(m => m.Start >= at && IsHouse(context, m) && sentence.Slice(Math.Max(at, m.Start - 6), m.Start).TrimEnd() is var before && Doers.Any(word => before.EndsWith(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsHouse(SentenceContext context, Mention mention) => IsBroker(mention) && !context.Report.Vocabulary.Entry(mention.Id).IsMedia;

    /// <summary>The company that is rated: between cue and rating, right behind it (Buy on X), before it, else the one spoken of; or the sector.</summary>
    public static Participant? Subject(SentenceContext context, int cue, Mention rating)
    {
        var sentence = context.Sentence;
        var inside = sentence.All<Mention>().FirstOrDefault(m => m.Kind is EntityKind.Company && m.Start >= cue && m.End <= rating.Start && !IsBroker(m));
        if (inside is not null)
            return Participant.Of(inside, sentence);
        if (sentence.Contains(Boards, Math.Max(sentence.Start, Math.Min(cue, rating.Start) - 6), rating.Start) && Sector(context, rating.Start) is { } sector)
            return sector;
        // 维持“增持”行业评级: of a sector, whoever the report speaks of else.
        if (sentence.Contains(["行业评级", "板块评级", "行业评等", "sector rating", "sector stance"], Math.Max(sentence.Start, Math.Min(cue, rating.Start) - 8), Math.Min(sentence.End, rating.End + 6)))
            return Sector(context, rating.Start);
        var behind = sentence.Find(["on", "for", "of"], rating.End, Math.Min(sentence.End, rating.End + 14));
        if (behind is { } on && sentence.All<Mention>().FirstOrDefault(m => m.Kind is EntityKind.Company && m.Start >= on.End && m.Start <= on.End + 6 && !IsBroker(m)) is { } target)
            return Participant.Of(target, sentence);
        var before = sentence.All<Mention>().LastOrDefault(m => m.Kind is EntityKind.Company && m.End <= cue && !IsBroker(m));
        return before is not null ? Participant.Of(before, sentence) : context.Topic.Company ?? context.CarriedCompany() ?? Sector(context, rating.Start);
    }

    /// <summary>The sector named before a position, else the one that the report is on.</summary>
    public static Participant? Sector(SentenceContext context, int at) =>
        context.Sentence.All<Mention>().LastOrDefault(m => m.Kind == EntityKind.Sector && m.End <= at) is { } mention ? Participant.Of(mention, context.Sentence) : Sector(context.Report);

    public static Participant? Sector(ReportContext report)
    {
        if (report.Metadata.Sector is not { } name)
            return null;
        var entry = report.Vocabulary.MatchWhole(name, EntityKind.Sector);
        return entry is null ? Participant.Unknown(EntityKind.Sector, name) : new Participant(EntityKind.Sector, name, [entry.Id]);
    }

    public static bool IsBroker(Mention mention) => mention.Candidates.Any(id => id.StartsWith("publisher/", StringComparison.Ordinal));
}
