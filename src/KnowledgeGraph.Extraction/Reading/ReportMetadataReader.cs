using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.Extraction.Reading.Metadata;

namespace KnowledgeGraph.Extraction.Reading;

/// <summary>Reads from a document what it says of itself; what the caller knows wins.</summary>
public static class ReportMetadataReader
{
    public static ReportMetadata Read(Document document, ReportHints hints)
    {
        var masthead = new Masthead(document);
        var date = ReportDateFinder.Find(masthead);
        var publisher = hints.Publisher ?? PublisherFinder.Find(masthead);
        return new ReportMetadata
        {
            Publisher = publisher,
            Title = hints.Title ?? TitleFinder.Find(masthead),
            Date = hints.Date ?? date.Date,
            DateBasis = hints.Date is null ? date.Basis : DateBasis.Given,
            ReferenceDay = Reference(hints.Date, date),
            Covers = date.Covers,
            Sector = CoverLabels.Sector(masthead),
            Rating = CoverLabels.Rating(masthead),
            Analysts = AnalystFinder.Find(masthead),
            Named = CoverNames.Find(masthead),
            IsOnStock = CoverNames.HasFigures(masthead),
            HomeCurrency = HomeCurrencyFinder.Find(masthead, publisher),
        };
    }

    /// <summary>A given day is the reference; within a given month or year the day that the text shows is better than its first.</summary>
    private static DateOnly? Reference(PartialDate? given, ReportDate found)
    {
        if (given is null)
        {
            return found.ReferenceDay;
        }

        return given.IsDay || found.ReferenceDay is not { } day || day < given.Start || day > given.End ? given.End : day;
    }
}
