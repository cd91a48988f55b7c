using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Values;

/// <summary>Finds the values of a passage: numbers, percent, money, multiples, quantities, dates and periods, Chinese and English. Linear in the text's length.</summary>
public static class ValueParser
{
    /// <summary>
    /// All values of the passage by start, longer first; offsets into its text. A date may be given as a period as well (5月), an amount is
    /// given once, in its largest reading. Never throws.
    /// </summary>
    public static IReadOnlyList<Annotation> Parse(Passage passage, ValueContext context)
    {
        var times = new TimeScanner(passage.Text, context).Run();
        var amounts = new AmountScanner(passage.Text, context, times).Run();
        return [.. times.Concat(amounts).OrderBy(value => value.Start).ThenByDescending(value => value.End)];
    }
}
