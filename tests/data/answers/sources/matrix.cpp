#include <stdexcept>
#include <vector>

namespace small {

class Matrix {
public:
    Matrix(int rows, int columns) : rows_(rows), columns_(columns), cells_(rows * columns) {}

    double& at(int row, int column) { return cells_[row * columns_ + column]; }

    double at(int row, int column) const { return cells_[row * columns_ + column]; }

    int rows() const { return rows_; }

    int columns() const { return columns_; }

private:
    int rows_;
    int columns_;
    std::vector<double> cells_;
};

Matrix transpose(const Matrix& given) {
    Matrix turned(given.columns(), given.rows());
    for (int row = 0; row < given.rows(); ++row) {
        for (int column = 0; column < given.columns(); ++column) {
            turned.at(column, row) = given.at(row, column);
        }
    }
    return turned;
}

double trace(const Matrix& given) {
    if (given.rows() != given.columns()) {
        throw std::invalid_argument("trace: the matrix is not square");
    }
    double sum = 0;
    for (int index = 0; index < given.rows(); ++index) {
        sum += given.at(index, index);
    }
    return sum;
}

}  // namespace small
