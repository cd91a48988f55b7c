using System.Collections.Frozen;
using System.Text;

namespace KnowledgeGraph.Extraction.Text;

/// <summary>
/// Makes passages: folds characters, closes up lines, drops what carries no words (zero-width characters, Markdown marks, link targets).
/// A full-width comma becomes an ASCII one except between two digits, where that would read as a thousands separator.
/// </summary>
public static class PassageBuilder
{
    /// <summary>The passage of one stretch of the text; offsets in UTF-16 code units, end exclusive.</summary>
    public static Passage Build(string text, int start, int end) => Build(text, [(start, end)], starEmphasis: false);

    /// <summary>
    /// The passage of several stretches in order, each of them a line or part of one; between two of them stands a line break, which
    /// disappears between ideographs and becomes a space between Latin words.
    /// </summary>
    /// <param name="starEmphasis">Whether single asterisks and underscores mark emphasis, as in Markdown; double ones always do.</param>
    public static Passage Build(string text, IReadOnlyList<(int Start, int End)> stretches, bool starEmphasis)
    {
        var source = Positions(text, stretches);
        MarkdownMarks.Drop(text, source, starEmphasis);
        return new Run(text).Fold(source);
    }

    private const int LineBreak = -1;

    private static readonly FrozenSet<string> CompoundParts = new[]
    {
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "half", "first", "second", "third", "long", "short", "high", "low", "mid", "full", "open", "large", "small", "in", "on", "off", "well",
        "so", "self", "year", "quarter", "month", "double", "single", "multi", "non", "cross", "end", "state", "cloud", "data", "text", "real", "best", "fast", "price", "cost", "custom", "fine", "agent",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static List<int> Positions(string text, IReadOnlyList<(int Start, int End)> stretches)
    {
        var positions = new List<int>(stretches.Sum(stretch => stretch.End - stretch.Start + 1));
        foreach (var (start, end) in stretches)
        {
            if (positions.Count > 0)
            {
                positions.Add(LineBreak);
            }

            for (var i = start; i < end; i++)
            {
                positions.Add(text[i] is '\n' or '\r' or '\f' or '\u2028' or '\u2029' ? LineBreak : i);
            }
        }

        return positions;
    }

    private sealed class Run(string text)
    {
        private readonly StringBuilder _folded = new();
        private readonly List<int> _map = [];
        private int _space = -1;
        private bool _break;

        public Passage Fold(List<int> source)
        {
            foreach (var position in source)
            {
                if (position == LineBreak)
                {
                    _break = true;
                }
                else if (char.IsWhiteSpace(text[position]) || Folding.Fold(text[position]) == ' ')
                {
                    _space = _space < 0 ? position : _space;
                }
                else if (position != MarkdownMarks.Dropped && !Folding.IsDropped(text[position]) && !char.IsControl(text[position]))
                {
                    Append(position);
                }
            }

            return new Passage(_folded.ToString(), [.. _map]);
        }

        private void Append(int position)
        {
            var character = text[position];
            CloseGap(character, position);
            if (Folding.Expand(character) is { } expanded)
            {
                foreach (var part in expanded)
                {
                    Emit(Folding.Fold(part), position);
                }
            }
            else
            {
                Emit(IsCommaBetweenDigits(character, position) ? character : Folding.Fold(character), position);
            }
        }

        private bool IsCommaBetweenDigits(char character, int position) =>
            character == '，' && _folded.Length > 0 && char.IsAsciiDigit(_folded[^1])
                && position + 1 < text.Length && char.IsAsciiDigit(Folding.Fold(text[position + 1]));

        private void CloseGap(char next, int position)
        {
            var previous = _folded.Length == 0 ? '\0' : _folded[^1];
            if (previous != '\0' && (_break ? NeedsSpace(previous, Folding.Fold(next)) : _space >= 0))
            {
                Emit(' ', _space >= 0 ? _space : Math.Min(_map[^1] + 1, position));
            }

            (_space, _break) = (-1, false);
        }

        private bool NeedsSpace(char previous, char next)
        {
            if (Folding.IsIdeographic(previous) || Folding.IsIdeographic(next) || previous is '/')
            {
                return false;
            }

            if (previous == '-' && _folded.Length > 1 && char.IsLetterOrDigit(_folded[^2]))
            {
                if (char.IsAsciiLetterLower(_folded[^2]) && char.IsAsciiLetterLower(next) && !EndsWithCompoundPart())
                {
                    _folded.Length--;
                    _map.RemoveAt(_map.Count - 1);
                }

                return false;
            }

            return !IsInsideNumber(previous, next);
        }

        /// <summary>five-|year keeps its hyphen, hold-|ing loses it: the words before that make compounds are few.</summary>
        private bool EndsWithCompoundPart()
        {
            var start = _folded.Length - 1;
            while (start > 0 && char.IsAsciiLetter(_folded[start - 1]))
            {
                start--;
            }

            return CompoundParts.Contains(_folded.ToString(start, _folded.Length - 1 - start));
        }

        /// <summary>12,|000 and 3.|5 are one number broken by the line's end, and so are 14|7 among ideographs, which set no spaces.</summary>
        private bool IsInsideNumber(char previous, char next)
        {
            if (!char.IsAsciiDigit(next))
            {
                return false;
            }

            var numberBefore = _folded.Length > 1 && char.IsAsciiDigit(_folded[^2]);
            return previous is '+' or '$' || (previous is ',' or '.' && numberBefore) || (char.IsAsciiDigit(previous) && IsAmongIdeographs());
        }

        private bool IsAmongIdeographs()
        {
            var seen = 0;
            for (var i = _folded.Length - 1; i >= 0 && i >= _folded.Length - 24; i--)
            {
                seen += Folding.IsIdeographic(_folded[i]) ? 1 : 0;
            }

            return seen >= 8;
        }

        private void Emit(char character, int position)
        {
            _folded.Append(character);
            _map.Add(position);
        }
    }
}
