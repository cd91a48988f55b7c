using System.Globalization;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Cli.Display;

/// <summary>A trace as text: for a fact its rule, place, participants, values, what stood in its evidence and who lost against it.</summary>
public sealed class Explanation(ExtractionTrace trace)
{
    private const int WidthOfQuotes = 100;

    private readonly string text = trace.Report.Document.Text;

    public IEnumerable<string> Of(FactOrigin origin)
    {
        var fact = origin.Fact;
        yield return $"{fact.Type} {fact.Id}";
        yield return $"  rule      {fact.Rule}";
        foreach (var (evidence, index) in fact.Evidence.Select((evidence, index) => (evidence, index)))
            yield return $"  {(index == 0 ? "quote    " : "also     ")} {Place(evidence.Start, evidence.End)} {Cut(evidence.Quote)}";
        foreach (var line in Roles(origin))
            yield return $"  role      {line}";
        yield return $"  values    {string.Join(", ", fact.Values.Select(value => $"{value.Key} {value.Value.ToJsonString(FactJson.Options)}"))}";
        yield return $"  when      {fact.When ?? "-"}, {FactJson.StatusName(fact.Status)}{(fact.Attribution.Count == 0 ? "" : $", said by {string.Join(", ", fact.Attribution)}")}";
        foreach (var line in Inside(fact.Evidence[0].Start, fact.Evidence[0].End))
            yield return $"  inside    {line}";
        foreach (var draft in origin.Drafts.Where(draft => draft.Start != fact.Evidence[0].Start || draft.End != fact.Evidence[0].End || draft.Rule != fact.Rule))
            yield return $"  also from {Brief(draft)}";
        foreach (var rival in trace.Rejected.Where(rejected => origin.Drafts.Any(draft => ReferenceEquals(draft, rejected.Winner))))
            yield return $"  beat      {Brief(rival.Draft)}: {rival.Reason}";
        yield return "";
    }

    /// <summary>What was found in the sentence at an offset and what was made of it and lost: why there is no fact, or another.</summary>
    public IEnumerable<string> Around(int offset)
    {
        yield return $"at {offset.ToString(CultureInfo.InvariantCulture)}";
        var index = IndexOfBlock(offset);
        if (index < 0)
        {
            yield return "  between blocks";
            yield break;
        }

        var block = trace.Report.Document.Blocks[index];
        yield return $"  block     {block.Kind} {Place(block.Start, block.End)}{(trace.Blocks[index] is null ? ", which rules do not read" : "")}";
        var (start, end) = Stretch(index, offset);
        yield return $"  sentence  {Place(start, end)} {Cut(text[start..end])}";
        foreach (var line in Inside(start, end))
            yield return $"  inside    {line}";
        foreach (var rejected in trace.Rejected.Where(rejected => rejected.Draft.Start < end && rejected.Draft.End > start))
            yield return $"  lost      {Brief(rejected.Draft)}: {rejected.Reason}{(rejected.Winner is { } winner ? $" ({winner.Rule})" : "")}";
    }

    /// <summary>What belongs to no fact: drafts that broke the contract, rules that threw.</summary>
    public IEnumerable<string> Leftovers() =>
    [
        .. trace.Rejected.Where(rejected => rejected.Winner is null).Select(rejected => $"broken    {Brief(rejected.Draft)}: {rejected.Reason}"),
        .. trace.Faults.Select(fault => $"fault     {fault.Rule} at {fault.Start.ToString(CultureInfo.InvariantCulture)}: {fault.Exception.GetType().Name}: {fault.Exception.Message}"),
    ];

    private IEnumerable<string> Roles(FactOrigin origin) =>
        from role in origin.Fact.Roles
        from entity in role.Value
        let resolved = trace.Resolutions.FirstOrDefault(each => each.Entity.Id == entity.Id && origin.Drafts.Any(draft => draft.Roles.Values.Any(who => who.Contains(each.Participant))))
        let others = resolved is null || resolved.Participant.Candidates.Count < 2 ? "" : $"; candidates {string.Join(", ", resolved.Participant.Candidates)}"
        select $"{role.Key}: {(resolved is null ? entity.Name : resolved.Participant.Name)} -> {entity.Id}"
            + (resolved is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {resolved.Score:0.0#}, {resolved.Reason}{others}"));

    // Annotations of running text, cells of a table.
    private IEnumerable<string> Inside(int start, int end)
    {
        var index = IndexOfBlock(start);
        if (index < 0)
            return [];
        if (trace.Report.Document.Blocks[index].Table is { } table)
            return Cells(table, start, end);
        return trace.Blocks[index] is { } block ? block.Sentences.SelectMany(sentence => Annotations(sentence, start, end)) : [];
    }

    private static IEnumerable<string> Annotations(Sentence sentence, int start, int end) =>
        from annotation in sentence.Annotations
        where annotation.End > annotation.Start
        let source = sentence.Passage.Source(annotation.Start, annotation.End)
        where source.Start >= start && source.End <= end
        select $"{Place(source.Start, source.End)} {sentence.Slice(annotation)}: {Words(annotation)}";

    private static IEnumerable<string> Cells(Table table, int start, int end) =>
        from row in table.Rows.Skip(table.HeaderRows)
        from cell in row.Select((cell, column) => (cell, column))
        where cell.cell.Start >= start && cell.cell.End <= end && cell.cell.End > cell.cell.Start
        select $"{Place(cell.cell.Start, cell.cell.End)} {cell.cell.Passage.Text}: cell under '{table.Header(cell.column)}'";

    private static string Words(Annotation annotation) => annotation switch
    {
        Mention mention => $"{mention.Kind} {string.Join(" or ", mention.Candidates)}",
        Name name => $"name, {name.Kind ?? "of unknown kind"}{(name.Family is null ? "" : $", of the family {name.Family}")}",
        // The record's own text without its span, which stands before it.
        _ => $"{annotation.GetType().Name} {string.Join(", ", annotation.ToString().Split("{ ", 2)[^1].TrimEnd('}', ' ').Split(", ", StringSplitOptions.TrimEntries).Where(part => !IsNoise(part)))}",
    };

    private static bool IsNoise(string part) =>
        part.EndsWith('=') || part.EndsWith(" = False", StringComparison.Ordinal)
            || part.StartsWith("Start = ", StringComparison.Ordinal) || part.StartsWith("End = ", StringComparison.Ordinal) || part.StartsWith("Length = ", StringComparison.Ordinal);

    private string Brief(FactDraft draft) => $"{draft.Rule} {draft.Type} {Place(draft.Start, draft.End)} {(draft.Start >= 0 && draft.Start < draft.End && draft.End <= text.Length ? Cut(text[draft.Start..draft.End]) : "")}";

    private int IndexOfBlock(int offset) =>
        trace.Report.Document.Blocks.Select((block, index) => (block, index)).Where(pair => pair.block.Start <= offset && offset < pair.block.End).Select(pair => pair.index).DefaultIfEmpty(-1).First();

    private (int Start, int End) Stretch(int index, int offset)
    {
        var spans = trace.Blocks[index]?.Sentences.Where(sentence => sentence.End > sentence.Start).Select(sentence => sentence.Passage.Source(sentence.Start, sentence.End)) ?? [];
        var block = trace.Report.Document.Blocks[index];
        return spans.Where(span => span.Start <= offset && offset < span.End).DefaultIfEmpty((block.Start, block.End)).First();
    }

    private static string Place(int start, int end) => string.Create(CultureInfo.InvariantCulture, $"{start}-{end}");

    private static string Cut(string quote) => DisplayWidth.Cut(quote, WidthOfQuotes);
}
