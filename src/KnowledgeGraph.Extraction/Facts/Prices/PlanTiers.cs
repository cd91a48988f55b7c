using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Prices;

/// <summary>The tiers in which a subscription is sold: GLM Coding Plan 的 Pro 档, Cursor 的 Ultra 版, 豆包专业版.</summary>
internal static partial class PlanTiers
{
    [GeneratedRegex("(?<tier>[A-Z][A-Za-z]{1,9}[+]?|个人|专业|标准|企业|基础|旗舰|团队|家庭|高级|入门|轻量|进阶|商业|学生|尊享|畅享) ?(?:档|版|套餐|方案|会员|档位|级)(?!本|权)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Shape();

    private static readonly string[] Tiers = ["Lite", "Go", "Plus", "Pro", "Max", "Ultra", "Team", "Business", "Enterprise", "Free", "Basic", "Premium", "Starter", "Standard", "Advanced", "Heavy", "Creator", "Individual"];

    /// <summary>The tier that the clause before a position names, with the line of products that it is of; null where there is none, or no line is known.</summary>
    public static (Participant Who, int Start)? Of(SentenceContext context, int at)
    {
        var sentence = context.Sentence;
        var from = Clauses.Start(sentence, at);
        if (Shape().Matches(sentence.Slice(from, at)).LastOrDefault() is not { } match || char.IsAsciiLetter(match.Value[0]) && !Tiers.Contains(match.Groups["tier"].Value.TrimEnd('+'), StringComparer.Ordinal))
            return null;
        var (start, tier) = (from + match.Index, match.Groups["tier"].Value);
        if (Line(context, start) is not { } line)
            return null;
        var isLatin = char.IsAsciiLetter(tier[0]);
        var name = sentence.Slice(Math.Max(sentence.Start, start - line.Length - 1), start + match.Length) is var printed && printed.StartsWith(line + " ", StringComparison.Ordinal) && !isLatin ? printed : line.EndsWith(match.Value, StringComparison.Ordinal) || line.EndsWith(tier, StringComparison.Ordinal) ? line : isLatin ? $"{line} {tier}" : line + match.Value;
        return (Participant.Unknown(EntityKind.Product, name), start);
    }

    // The product named last, without the tier of which the text spoke before: Cursor Pro …, Ultra 档则…
    private static string? Line(SentenceContext context, int at)
    {
        foreach (var here in context.AndEarlier.Take(2))
        {
            var named = here.Sentence.All<Name>().LastOrDefault(name => (here != context || name.Start < at) && !Tiers.Contains(name.Text, StringComparer.Ordinal) && (name.Kind ?? context.Report.Kinds.Kind(name)) is EntityKind.Product or EntityKind.Model);
            if (named is null)
                continue;
            var text = named.End > at && here == context ? here.Sentence.Slice(named.Start, at).TrimEnd() : named.Text;
            var tier = Tiers.FirstOrDefault(word => text.EndsWith(" " + word, StringComparison.Ordinal));
            return tier is null ? text : text[..^(tier.Length + 1)];
        }

        return null;
    }
}
